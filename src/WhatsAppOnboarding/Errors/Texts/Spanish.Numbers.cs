namespace WhatsAppOnboarding.Errors;

/// <content>What is to be said of a number: what was noticed, why it is gone, what Meta said.</content>
internal static partial class Spanish
{
    private const string Manager = "Abre el Administrador de WhatsApp para ver por qué y qué hacer.";
    private const string Nothing = "No tienes que hacer nada.";
    private const string Again = $"Pulsa {Connect} para recuperarlo.";

    private static Dictionary<string, (string Message, string Action)> Findings => new()
    {
        ["scope_missing"] = ("Meta no menciona un permiso que este servicio pide.", "Si algo no funciona, conecta de nuevo y deja marcados todos los permisos."),
        ["token_short_lived"] = ("El acceso termina en menos de un día.", "Conecta de nuevo para obtener uno que dure."),
        ["token_life_unknown"] = ("Meta no dijo cuándo termina este acceso.", "Si el número deja de funcionar, conecta de nuevo."),
        ["waba_unread"] = ("No se pudo leer otra cuenta de WhatsApp a la que diste acceso: {0}", "Haz lo que pide el motivo y conecta de nuevo."),
        ["waba_hidden"] = ("Meta menciona otra cuenta de WhatsApp, pero no la muestra: se eliminó o ya no se comparte.", "Si echas en falta sus números, conecta de nuevo y marca esa cuenta; si no, no hay nada que hacer."),
        ["check"] = ("Tu última conexión no incluyó la cuenta de WhatsApp de este número.", "Si el número deja de funcionar, conecta de nuevo y marca esa cuenta."),
        ["number_moved"] = ("Meta muestra este número en otra cuenta de WhatsApp que la que conectaste.", $"Pulsa {Connect} y elige la cuenta en la que está ahora."),
        ["reconnect_needed"] = ("El acceso guardado ya no se puede usar.", $"Pulsa {Connect} para darlo de nuevo."),
        ["token_unreadable"] = ("El acceso guardado ya no se puede abrir aquí.", $"Pulsa {Connect} para darlo de nuevo."),
        ["number_shared"] = ("Otra cuenta de este servicio también conectó el mismo número.", "Si no lo sabías, pregunta en tu empresa quién más lo conectó."),
        ["shared_proof_stale"] = ("Como el número es compartido y tu acceso no se ha comprobado últimamente, los mensajes entrantes se pausan.", $"Pulsa {Connect} para recibirlos de nuevo."),
        ["not_registered"] = ("Meta dice que el número todavía no está registrado para la API.", "Regístralo para enviar y recibir."),
        ["status_flagged"] = ("Meta marcó el número por baja calidad: los clientes bloquean o denuncian sus mensajes.", "Escribe solo a quienes lo esperan."),
        ["status_rate_limited"] = ("Meta deja que el número envíe menos por ahora.", "Escribe solo a quienes lo esperan; el límite termina solo."),
        ["status_pending"] = ("Meta todavía no ha terminado con el número.", "Espera; esto cambia solo cuando Meta termine. El Administrador de WhatsApp muestra qué espera Meta."),
        ["status_disconnected"] = ("Meta dice que el número está desconectado.", $"Abre el Administrador de WhatsApp para ver por qué. Cuando esté conectado allí, esto cambia solo en unas horas; {Connect} mira enseguida."),
        ["status_unverified"] = ("Meta dice que nadie ha demostrado que el número es suyo.", $"Verifícalo en el Administrador de WhatsApp. Esto cambia solo en unas horas; {Connect} mira enseguida."),
        ["status_offline"] = ("Meta no puede contactar con el número en este momento.", "Espera; esto cambia solo cuando Meta vuelva a contactar con él."),
        ["status_restricted"] = ("Meta restringe el número.", Manager),
        ["status_banned"] = ("Meta bloqueó el número.", "Apela en el Administrador de WhatsApp. Hasta que Meta levante el bloqueo, usa otro número."),
        ["status_deleted"] = ("El número está eliminado en Meta.", "Agrégalo de nuevo en el Administrador de WhatsApp y conecta otra vez."),
        ["status_migrated"] = ("El número se movió a otra cuenta de WhatsApp.", $"Pulsa {Connect} y elige la cuenta en la que está ahora."),
        ["status_unknown"] = ("Meta describe el número con una palabra que este servicio no conoce.", "Abre el Administrador de WhatsApp para ver cómo está el número."),
        ["status_unsaid"] = ("Meta no dijo si el número se puede usar.", $"Se pregunta de nuevo a Meta en unas horas; {Connect} mira enseguida. El Administrador de WhatsApp muestra cómo está el número."),
        ["not_live"] = ("Meta no usa este número para clientes reales: no está en modo activo.", $"Abre el Administrador de WhatsApp para ver por qué. Cuando el número esté activo, esto cambia solo en unas horas; {Connect} mira enseguida."),
        ["still_subscribed"] = ("No se pudo anular la suscripción de la app en Meta cuando se desconectó el número. Aquí no se envía ni se recibe nada.", "Quita la app tú mismo: en business.facebook.com, en la configuración del negocio, Integraciones, Apps conectadas."),
        ["on_premise"] = ("El número está registrado en la antigua API de WhatsApp para servidores propios.", "Pide a quien administra ese servidor que pase el número a la API en la nube y conecta de nuevo."),
        ["name_declined"] = ("Meta rechazó el nombre que verían los clientes.", "Edita el nombre en el Administrador de WhatsApp."),
        ["name_expired"] = ("La aprobación de Meta del nombre que ven los clientes ha caducado.", "Presenta el nombre de nuevo en el Administrador de WhatsApp."),
        ["name_pending"] = ("Meta está revisando el nombre que ven los clientes. Hasta que lo apruebe, los chats pueden mostrar el número de teléfono en su lugar.", "Espera la decisión de Meta."),
        ["new_name_pending"] = ("Meta está revisando el nombre nuevo que se pidió; hasta entonces los clientes ven el actual.", "Espera la decisión de Meta."),
        ["new_name_declined"] = ("Meta rechazó el nombre nuevo que se pidió; los clientes siguen viendo el actual.", "Pide otro en el Administrador de WhatsApp."),
        ["new_name_approved"] = ("Meta aprobó el nombre nuevo que se pidió; vale cuando el número se registra de nuevo.", "Quienes administran este servicio tienen que registrar el número de nuevo en los 14 días después de la aprobación, o Meta revisa el nombre otra vez."),
        ["new_name_expired"] = ("La aprobación de Meta del nombre nuevo caducó antes de que el número se registrara de nuevo.", "Pide el nombre de nuevo en el Administrador de WhatsApp."),
        ["name_unknown"] = ("Meta describe el nombre que ven los clientes con una palabra que este servicio no conoce.", "Abre el Administrador de WhatsApp para ver cómo está el nombre."),
        ["access_in_doubt"] = ("Meta dice que este servicio ya no tiene acceso a la cuenta de WhatsApp. El envío está detenido mientras se comprueba; la recepción sigue.", "Espera unos minutos a que termine la comprobación."),
        ["access_kept"] = ("Meta dijo que se quitó el acceso, pero todavía funciona: no se desconectó nada.", Nothing),
        ["other"] = ("Meta informó de algo sobre este número.", "Abre el Administrador de WhatsApp para ver qué es."),
    };

    private static Dictionary<string, (string Message, string Action)> Readinesses => new()
    {
        ["can_receive"] = ("Lo que escriben los clientes llega aquí.", Nothing),
        ["can_send"] = ("Se pueden enviar mensajes.", Nothing),
        ["token_ended"] = ("El acceso a este número terminó.", $"Pulsa {Connect} para darlo de nuevo."),
        ["register_open"] = ("El número todavía no está registrado para mensajes.", "Regístralo."),
        ["being_set_up"] = ("El número se está configurando en este momento.", "Espera un minuto; no tienes que hacer nada."),
        ["in_work"] = ("Algo de tu conexión con WhatsApp no funciona como debería.", "No tienes que hacer nada: quienes administran este servicio están trabajando en ello."),
        ["not_subscribed"] = ("Los mensajes del número no llegan aquí: falta la suscripción en Meta.", $"Pulsa {Connect} para crearla de nuevo."),
        ["not_proved"] = ("Todavía no se ha comprobado que el acceso a este número funciona.", $"Pulsa {Connect} para comprobarlo."),
        ["not_registered_at_send"] = ("Meta rechazó el último mensaje porque el número no está registrado.", "Registra el número."),
        ["name_not_ready"] = ("Meta rechazó el último mensaje porque el nombre que ven los clientes no está aprobado.", "Espera la revisión del nombre por Meta o edita el nombre en el Administrador de WhatsApp."),
        ["routed_elsewhere"] = ("Meta entrega las conversaciones de este número a otro servicio; aquí solo llegan copias.", "Abre Meta Business Suite y elige allí quién responde."),
        ["not_checked"] = ("Meta no ha confirmado desde hace más de un día que este número funciona.", "Mira la página de estado de Meta. Si Meta no tiene problemas, avisa a quienes administran este servicio."),
        ["unwell_at_meta"] = ("Meta informa de un problema que puede impedir el envío de mensajes.", Manager),
        ["token_ends_in_1_day"] = ("El acceso a este número termina en menos de un día.", $"Pulsa {Connect} hoy para renovarlo."),
        ["token_ends_in_7_days"] = ("El acceso a este número termina en menos de una semana.", $"Pulsa {Connect} a tiempo para renovarlo."),
        ["token_ends_in_14_days"] = ("El acceso a este número termina en menos de dos semanas.", $"Pulsa {Connect} a tiempo para renovarlo."),
        ["quality_low"] = ("Meta califica la calidad del número como baja: los clientes bloquean o denuncian sus mensajes.", "Escribe solo a quienes lo esperan, antes de que Meta limite el número."),
        ["business_unverified"] = ("Meta no ha verificado la empresa, así que el número puede escribir a menos personas.", "Verifica la empresa en la configuración del negocio de Meta."),
        ["other"] = ("Algo impide que el número funcione.", "Abre el Administrador de WhatsApp para ver qué es."),
    };

    private static Dictionary<string, (string Message, string Action)> Disconnects => new()
    {
        ["requested"] = ("El número se desconectó porque tú lo pediste.", Again),
        ["not_chosen"] = ("El número no se eligió cuando alguien conectó de nuevo.", $"Vuelve a pulsar {Connect} y elige también este número."),
        ["interrupted"] = ("La conexión del número se interrumpió.", StartAgain),
        ["gone_at_meta"] = ("El número ya no está en tu cuenta de WhatsApp en Meta.", "Agrégalo de nuevo en el Administrador de WhatsApp y conecta otra vez."),
        ["not_subscribed_after_restore"] = ("Este servicio se restauró desde una copia de seguridad y ya no está suscrito a tu cuenta de WhatsApp en Meta, como después de una desconexión.", Again),
        ["app_uninstalled"] = ("Este servicio se quitó de tu cuenta de WhatsApp en Meta.", $"Pulsa {Connect} para agregarlo de nuevo."),
        ["account_deleted"] = ("Tu cuenta de WhatsApp se eliminó en Meta.", $"Pulsa {Connect} y elige otra cuenta de WhatsApp."),
        ["deauthorized"] = ("La persona que conectó el número retiró el permiso en Facebook.", $"Pulsa {Connect} para darlo de nuevo."),
        ["partner_removed"] = ("Tu cuenta de WhatsApp ya no está compartida con este servicio: se quitó en la configuración del negocio de Meta.", $"Pulsa {Connect} para compartirla de nuevo."),
        ["partner_removed.SYSTEM"] = ("La propia Meta terminó el acceso de este servicio a tu cuenta de WhatsApp.", $"Abre el Administrador de WhatsApp para ver por qué y vuelve a pulsar {Connect}."),
        ["partner_removed.ACCOUNT_DISCONNECTED"] = ("Alguien desconectó el número en la app de WhatsApp Business.", Again),
        ["partner_removed.BUSINESS_DOWNGRADE"] = ("El teléfono pasó de la app de WhatsApp Business al WhatsApp normal.", $"Instala otra vez la app de WhatsApp Business con este número y pulsa {Connect}."),
        ["partner_removed.CHANGE_NUMBER"] = ("La app de WhatsApp Business cambió a otro número.", $"Pulsa {Connect} y elige el número nuevo."),
        ["partner_removed.COMPANION_INACTIVITY"] = ("La conexión no se usó durante unos 30 días, así que WhatsApp la terminó.", Again),
        ["partner_removed.PRIMARY_INACTIVITY"] = ("La app de WhatsApp Business no se abrió durante unos 14 días, así que WhatsApp terminó la conexión.", $"Abre la app de WhatsApp Business y pulsa {Connect}; ábrela al menos cada 13 días."),
        ["partner_removed.USER_RE_REGISTERED"] = ("La app de WhatsApp Business se configuró de nuevo con este número.", Again),
        ["other"] = ("El número ya no se puede usar aquí.", Again),
    };

    private static Dictionary<string, (string Message, string Action)> Notices => new()
    {
        ["access"] = ("Meta dijo que este servicio ya no tiene acceso a la cuenta de WhatsApp.", "Espera unos minutos mientras se comprueba."),
        ["pause"] = ("Meta pausó el envío porque el número se pasó a otro teléfono.", "Sigue solo, normalmente en unos minutos; lo que escriben los clientes llega igual."),
        ["pause.ACCOUNT_RECONNECTED"] = ("La pausa en Meta terminó.", "Puedes enviar de nuevo."),
        ["ban"] = ("Meta desactivó la cuenta de WhatsApp.", Manager),
        ["ban.REINSTATE"] = ("Meta volvió a activar la cuenta de WhatsApp.", "Puedes enviar de nuevo."),
        ["ban.SCHEDULE_FOR_DISABLE"] = ("Meta está a punto de desactivar la cuenta de WhatsApp.", Manager),
        ["ban.SCHEDULE_FOR_DISABLE.on"] = ("Meta desactivará la cuenta de WhatsApp en esta fecha: {0}.", Manager),
        ["violation"] = ("Meta ve una infracción de sus políticas.", "Abre el Administrador de WhatsApp para ver cuál es y qué hacer."),
        ["restriction"] = ("Meta limita la cuenta de WhatsApp.", Manager),
        ["restriction.until"] = ("Meta limita la cuenta de WhatsApp hasta el {0:d MMM yyyy, HH:mm} UTC.", Manager),
        ["review"] = ("Meta está revisando la cuenta de WhatsApp.", "Espera la decisión de Meta."),
        ["review.APPROVED"] = ("Meta aprobó la cuenta de WhatsApp.", Nothing),
        ["review.REJECTED"] = ("Meta rechazó la cuenta de WhatsApp.", Manager),
        ["alert"] = ("Meta dio un aviso sobre la cuenta de WhatsApp.", "Abre el Administrador de WhatsApp para leerlo y ver qué hacer."),
        ["limit"] = ("Meta cambió a cuántas personas puedes escribir.", "Abre el Administrador de WhatsApp para ver a cuántas."),
        ["limit.UPGRADE"] = ("Meta aumentó a cuántas personas puedes escribir.", Nothing),
        ["limit.DOWNGRADE"] = ("Meta redujo a cuántas personas puedes escribir.", "Escribe solo a personas que lo esperan: una mejor calidad vuelve a subir el límite."),
        ["limit.THROUGHPUT_UPGRADE"] = ("Meta deja que el número envíe más rápido.", Nothing),
        ["limit.FLAGGED"] = ("Meta marcó el número por baja calidad: los clientes bloquean o denuncian sus mensajes.", "Escribe solo a personas que lo esperan."),
        ["limit.UNFLAGGED"] = ("Meta ya no marca el número por baja calidad.", Nothing),
        ["name"] = ("Meta está revisando el nombre que ven los clientes.", "Espera la decisión de Meta."),
        ["name.NAME_EMPLOYEE_ISSUE"] = ("Meta rechazó el nombre porque contiene el de una persona o de un empleado.", "Elige uno sin personas en el Administrador de WhatsApp."),
        ["name.NAME_INDIVIDUAL_ISSUE"] = ("Meta rechazó el nombre porque es el de una persona y no el de la empresa.", "Elige uno de la empresa en el Administrador de WhatsApp."),
        ["name.NAME_ENDCLIENT_NOTRELATED"] = ("Meta rechazó el nombre porque contiene el de otra empresa.", "Elige uno de tu propia empresa en el Administrador de WhatsApp."),
        ["name.NAME_FORMAT_UNACCEPTABLE"] = ("Meta rechazó el nombre por la forma en que está escrito.", "Escríbelo en el Administrador de WhatsApp como piden las normas de Meta para nombres visibles."),
        ["name.NAME_NOT_CONSISTENT"] = ("Meta rechazó el nombre porque no coincide con el que tu empresa usa en otros sitios.", "Elige el de tu marca y tu sitio web en el Administrador de WhatsApp."),
        ["name.APPROVED"] = ("Meta aprobó el nombre; los clientes lo ven desde ahora.", Nothing),
        ["name.REJECTED"] = ("Meta rechazó el nombre que verían los clientes.", "Elige otro en el Administrador de WhatsApp."),
        ["capability"] = ("Meta cambió lo que puede hacer tu portafolio comercial.", "Abre el Administrador de WhatsApp para ver sus límites."),
        ["pin"] = ("El PIN de verificación en dos pasos se cambió en Meta o está a punto de cambiarse.", "Si nadie de tu empresa lo hizo, crea un PIN nuevo en el Administrador de WhatsApp."),
        ["other"] = ("Meta informó de algo sobre la cuenta de WhatsApp.", "Abre el Administrador de WhatsApp para ver qué es."),
    };

    private static Dictionary<string, (string Message, string Action)> Restrictions => new()
    {
        ["RESTRICTED_BIZ_INITIATED_MESSAGING"] = ("No puedes empezar conversaciones, solo responder a clientes que te escribieron.", "Empieza conversaciones cuando termine la restricción."),
        ["RESTRICTED_CUSTOMER_INITIATED_MESSAGING"] = ("No puedes responder a clientes que te escriben.", "Contacta con ellos de otra manera hasta que termine la restricción."),
        ["RESTRICTED_ADD_PHONE_NUMBER_ACTION"] = ("No puedes agregar números.", "Agrega números cuando termine la restricción."),
        ["RESTRICTED_UTILITY_TEMPLATES"] = ("No puedes enviar plantillas de utilidad.", "No envíes plantillas de utilidad hasta que termine la restricción."),
        ["RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES"] = ("No puedes enviar mensajes de utilidad sin una plantilla propia.", "Envíalos con una plantilla aprobada hasta que termine la restricción."),
        ["other"] = ("No puedes hacer algo que antes estaba permitido.", "Abre el Administrador de WhatsApp para ver qué es y qué hacer."),
    };
}
