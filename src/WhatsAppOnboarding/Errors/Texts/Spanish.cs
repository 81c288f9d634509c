namespace WhatsAppOnboarding.Errors;

/// <summary>Spanish.</summary>
internal static partial class Spanish
{
    private const string Connect = "Conectar WhatsApp";
    private const string StartAgain = $"Pulsa {Connect} para empezar de nuevo.";
    private const string TryLater = $"Espera unos minutos y vuelve a pulsar {Connect}.";
    private const string TellOperator = "Avisa a quienes administran este servicio; tienen que revisar su app de Meta.";

    public static Language Texts { get; } = Language.Of(
        "es",
        [
            (WordKinds.Error, Errors), (WordKinds.Step, Steps), (WordKinds.Done, DoneSteps), (WordKinds.Finding, Findings), (WordKinds.Disconnect, Disconnects),
            (WordKinds.Notice, Notices), (WordKinds.Restriction, Restrictions), (WordKinds.Standing, States), (WordKinds.Outcome, Outcomes), (WordKinds.Readiness, Readinesses),
        ],
        [(WordKinds.Step, StepLabels), (WordKinds.Page, Pages), (WordKinds.Component, Labels)]);

    private static Dictionary<string, (string Message, string Action)> States => new()
    {
        ["active"] = ("El número está conectado.", "Puedes enviar y recibir mensajes con él."),
        ["unfinished"] = ("El número todavía no está listo.", $"Termina sus pasos abiertos. Si no hay ninguno, vuelve a pulsar {Connect}."),
        ["paused"] = ("Meta pausó los envíos con este número.", "Siguen solos, normalmente en unos minutos; lo que escriben los clientes llega igual."),
        ["paused.access"] = ("El envío está detenido mientras se pregunta a Meta si este número todavía se puede usar aquí.", "Tarda unos minutos; lo que escriben los clientes llega igual."),
        ["reconnect_needed"] = ("El acceso guardado a este número ya no se puede usar.", $"Pulsa {Connect} para darlo de nuevo."),
        ["other"] = ("No se sabe cómo está el número.", "Recarga la página para ver cómo está el número."),
    };

    private static Dictionary<string, (string Message, string Action)> Outcomes => new()
    {
        ["connected"] = ("WhatsApp está conectado.", "Ya puedes escribir a tus clientes."),
        ["incomplete"] = ("Tus números están guardados, pero un paso en Meta sigue abierto.", "Mira tus números: cada uno dice qué falta por hacer."),
        ["choose"] = ("Elige los números que quieres conectar.", "Márcalos y confirma; antes no se conecta nada."),
        ["disconnected"] = ("WhatsApp está desconectado.", $"Para tenerlo de nuevo, pulsa {Connect}."),
        ["disconnected_here"] = ("WhatsApp está desconectado aquí; no se pudo avisar a Meta.", "No tienes que hacer nada: se intenta de nuevo automáticamente. Mientras tanto no se envía ni se recibe nada."),
        ["other"] = ("El intento terminó.", "Mira tus números para ver cómo están."),
    };

    private static Dictionary<string, (string Message, string Action)> Steps => new()
    {
        ["subscribe"] = ("Meta todavía no entrega mensajes. {0}", $"Vuelve a pulsar {Connect} para repetir este paso."),
        ["unsubscribe"] = ("Todavía no se avisó a Meta. {0}", "No tienes que hacer nada: se intenta de nuevo automáticamente. Mientras tanto no se envía ni se recibe nada."),
        ["deregister"] = ("El número sigue registrado para la API. {0}", "Si hay que anular su registro, conéctalo y desconéctalo otra vez, o hazlo en el Administrador de WhatsApp."),
        ["register"] = ("El número todavía no puede enviar ni recibir. {0}", "Regístralo."),
        ["sync_contacts"] = ("Los contactos de la app de WhatsApp Business todavía no se han copiado. {0}", "Repite este paso durante el primer día de conexión; todo lo demás funciona sin él."),
        ["sync_history"] = ("Los mensajes de la app de WhatsApp Business todavía no se han copiado. {0}", "Repite este paso durante el primer día de conexión; todo lo demás funciona sin él."),
    };

    private static Dictionary<string, (string Message, string Action)> DoneSteps => new()
    {
        ["request_code"] = ("Meta envió un código al número.", "Escríbelo antes de diez minutos; después el número se registra, salvo que algo en Meta lo impida."),
        ["verify_code"] = ("El número está verificado.", "Mira si queda algún paso del número."),
        ["register"] = ("El número está registrado.", "Puedes enviar y recibir mensajes con él."),
        ["subscribe"] = ("Los mensajes ya llegan aquí.", "Pide a alguien que escriba al número para comprobarlo."),
        ["sync_contacts"] = ("Se ha pedido a Meta. Los contactos de la app de WhatsApp Business llegan solos.", "Deja esa app abierta hasta que estén aquí."),
        ["sync_history"] = ("Se ha pedido a Meta. Los mensajes de la app de WhatsApp Business llegan solos.", "Deja encendido el teléfono con esa app hasta que estén aquí."),
        ["other"] = ("El paso está hecho.", "Mira si queda otro paso del número."),
    };

    private static Dictionary<string, string> StepLabels => new()
    {
        ["meta_code"] = "El código de error de Meta es {0}.",
        ["once"] = "Meta acepta esta solicitud una sola vez.",
        ["register.tries"] = "Registrar gasta uno de los {0} registros que Meta acepta para un número en {1} horas. Quedan: {2}.",
        ["verify.tries"] = "Pedir un código gasta uno de los {0} códigos que Meta envía a un número en {1} horas. Quedan: {2}.",
        ["register.later"] = "Espera unos minutos y regístralo.",
        ["register.then"] = "Después, regístralo.",
        ["verify.later"] = "Espera unos minutos y pide un código de nuevo.",
        ["verify.then"] = "Después, pide un código de nuevo.",
        ["unsubscribe.then"] = "Quita tú este servicio en la configuración de tu cuenta de WhatsApp en business.facebook.com; mientras tanto no se envía ni se recibe nada.",
        ["subscribe.name"] = "Recepción de mensajes",
        ["unsubscribe.name"] = "Fin de los mensajes en Meta",
        ["deregister.name"] = "Anulación del registro",
        ["register.name"] = "Registro",
        ["verify.name"] = "Verificación",
        ["sync_contacts.name"] = "Contactos",
        ["sync_history.name"] = "Mensajes anteriores",
        ["signup.name"] = "Ventana de Meta",
        ["exchange.name"] = "Recepción del acceso",
        ["inspect.name"] = "Comprobación del acceso",
        ["extend.name"] = "Prórroga del acceso",
        ["discover.name"] = "Búsqueda de las cuentas de WhatsApp",
        ["list.name"] = "Lista de los números",
        ["save.name"] = "Guardado",
        ["request_code.name"] = "Código por SMS o llamada",
        ["verify_code.name"] = "Comprobación del código",
        ["other.name"] = "Configuración",
    };

    private static Dictionary<string, string> Pages => new()
    {
        ["connect"] = Connect,
        ["go_on"] = "Continuar",
        ["link_refused"] = "Este enlace no se puede usar ahora",
        ["link_title"] = "Conecta un número de WhatsApp con {0}",
        ["link_setup"] = "{0} te pide que conectes un número de WhatsApp Business: lo que los clientes le escriban llegará a {0} y se responderá desde allí.",
        ["link_reconnect"] = "{0} te pide que vuelvas a dar acceso a un número de WhatsApp Business.",
        ["link_only"] = "El número del que se trata, y el único que este enlace conecta:",
        ["link_expected"] = "El número del que se trata:",
        ["link_how"] = "Meta te pide que inicies sesión y que elijas qué compartir. Debes ser administrador del portafolio comercial al que pertenece el número; aquí no necesitas ninguna cuenta.",
        ["link_until"] = "Este enlace funciona una vez, hasta el {0:D}, {0:t} UTC.",
        ["link_working"] = "Esta página se actualiza sola.",
        ["link_done"] = "{0} ya puede usarlo. Puedes cerrar esta página.",
        ["link_incomplete"] = "Queda un paso pendiente. {0} ve cuál es; puedes cerrar esta página.",
        ["deletion_done"] = "Tu solicitud de eliminar datos está hecha.",
        ["deletion_what"] = "Este servicio ya no anota qué usuario de Facebook le dio acceso. El acceso que retiraste en Facebook se elimina aquí en cuanto Facebook lo confirma.",
        ["deletion_rest"] = "Los números y los mensajes pertenecen a la empresa que los conectó. Para que se eliminen, pídelo a esa empresa o a quienes gestionan este servicio.",
    };
}
