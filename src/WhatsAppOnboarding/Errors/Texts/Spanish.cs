using System.Collections.Frozen;
using static WhatsAppOnboarding.Errors.ErrorCodes;

namespace WhatsAppOnboarding.Errors.Texts;

/// <summary>Spanish.</summary>
internal static class Spanish
{
    private const string Connect = "Conectar WhatsApp";
    private const string StartAgain = $"Pulsa {Connect} para empezar de nuevo.";
    private const string TryLater = $"Espera unos minutos y vuelve a pulsar {Connect}.";
    private const string TellOperator = "Avisa a quienes administran este servicio; tienen que revisar su app de Meta.";

    public static Language Texts { get; } = new()
    {
        Name = "es",
        Errors = new Dictionary<string, (string, string)>
        {
            [SignedOut] = ("Tu sesión está cerrada.", "Inicia sesión y conecta de nuevo."),
            [AccountMissing] = ("Tu sesión no corresponde exactamente a una cuenta.", "Cierra sesión y vuelve a entrar. Si no se arregla, pregunta a tu administrador."),
            [Forbidden] = ("No tienes permiso para hacer esto en tu cuenta.", "Pide a un administrador de tu cuenta que lo haga."),
            [CrossSite] = ("La solicitud llegó desde otro sitio.", "Abre la página de este servicio e inténtalo allí."),
            [BadRequest] = ("No se entendió la solicitud.", "Envía JSON como se describe para esta ruta."),
            [TooManyAttempts] = ("Hubo demasiados intentos de conexión.", "Espera diez minutos e inténtalo de nuevo."),
            [StateInvalid] = ("Aquí no se conoce este intento de conexión.", StartAgain),
            [StateExpired] = ("La conexión tardó más de diez minutos.", StartAgain),
            [StateUsed] = ("Este intento de conexión ya se usó.", StartAgain),
            [StateWrongWay] = ("Este intento de conexión no se puede terminar de esta manera.", StartAgain),
            [OtherBrowser] = ("La conexión se inició en otro navegador.", $"Empieza y termina en el mismo navegador: pulsa {Connect} para empezar de nuevo."),
            [OtherAccount] = ("Este intento de conexión es de otra cuenta.", StartAgain),
            [Cancelled] = ("Meta no dio acceso: la solicitud se canceló o no estaba permitida.", $"Vuelve a pulsar {Connect} y elige Continuar en Meta. Tienes que ser administrador del portafolio comercial."),
            [CallbackIncomplete] = ("Meta volvió sin respuesta.", StartAgain),
            [Interrupted] = ("La conexión se interrumpió.", StartAgain),
            [CodeExpired] = ("La respuesta de Meta era demasiado antigua.", StartAgain),
            [CodeUsed] = ("La respuesta de Meta ya se había usado.", StartAgain),
            [RedirectMismatch] = ("Meta no acepta la dirección a la que te envió de vuelta.", TellOperator),
            [TokenInvalid] = ("Meta dice que el acceso que dio no es válido.", $"Pulsa {Connect} y da acceso de nuevo."),
            [TokenNotOurs] = ("El acceso pertenece a otra app.", StartAgain),
            [TokenUnreadable] = ("El acceso guardado ya no se puede usar.", $"Pulsa {Connect} y da acceso de nuevo."),
            [PermissionMissing] = ("Meta dice que falta un permiso.", $"Vuelve a pulsar {Connect} y deja marcados todos los permisos y tu cuenta de WhatsApp."),
            [NoWaba] = ("No se compartió ninguna cuenta de WhatsApp Business.", $"Vuelve a pulsar {Connect} y marca la cuenta de WhatsApp que quieres usar; si no tienes ninguna, crea antes una en business.facebook.com."),
            [NoPhoneNumbers] = ("La cuenta de WhatsApp Business no tiene ningún número de teléfono.", "Agrega un número de teléfono en el Administrador de WhatsApp en business.facebook.com y conecta de nuevo."),
            [NumberTaken] = ("Otra cuenta ya conectó un número de teléfono al que diste acceso.", "Desconéctalo allí primero o elige otro número en Meta."),
            [NotConnected] = ("Este número no está conectado.", $"Pulsa {Connect} para conectarlo."),
            [NumberPaused] = ("Meta pausó los envíos con este número.", "Espera a que Meta los reanude; suele tardar unos minutos."),
            [MetaThrottled] = ("Meta está limitando cuántas veces se le puede preguntar.", TryLater),
            [MetaUnavailable] = ("Meta tiene un problema temporal.", TryLater),
            [MetaTimeout] = ("Meta no respondió a tiempo.", TryLater),
            [MetaUnreachable] = ("No se pudo contactar con Meta.", TryLater),
            [MetaUnreadable] = ("Meta dio una respuesta que no tiene sentido.", TryLater),
            [MetaNotFound] = ("Meta no muestra algo a lo que se dio acceso.", $"Vuelve a pulsar {Connect} y marca solo cuentas de WhatsApp que puedas abrir en el Administrador de WhatsApp."),
            [MetaRefused] = ("Meta rechazó la solicitud.", $"Pulsa {Connect} para empezar de nuevo. Si se repite, contacta con soporte e indica la hora."),
            [AppMisconfigured] = ("La conexión de este servicio con Meta no está bien configurada.", TellOperator),
            [SaveFailed] = ("No se pudo guardar la conexión.", StartAgain),
            [ServiceUnavailable] = ("Este servicio tiene un problema en este momento.", "Espera un momento e inténtalo de nuevo."),
            [Pending] = ("Esto todavía está por hacer.", "Por ahora no tienes que hacer nada."),
            [IdsNotGranted] = ("Lo que se envió no coincide con aquello a lo que diste acceso en Meta.", StartAgain),
            [NumberUnexpected] = ("Diste acceso a un número de teléfono distinto del esperado.", $"Vuelve a pulsar {Connect} y elige en Meta el número esperado."),
            [ChoiceOver] = ("Esta elección ya se hizo o tardó demasiado.", StartAgain),
            [AttemptUnknown] = ("Tu cuenta no tiene este intento de conexión.", StartAgain),
            [PopupError] = ("La ventana de Meta informó de un problema.", $"Pulsa {Connect} para empezar de nuevo. Si se repite, contacta con soporte e indica la hora."),
            [PopupClosed] = ("La ventana de Meta se cerró antes de terminar.", $"Vuelve a pulsar {Connect} y quédate hasta que Meta diga que has terminado."),
            [PopupBlocked] = ("Tu navegador bloqueó la ventana de Meta.", "Permite las ventanas emergentes en esta página o continúa en esta ventana."),
            [PopupTimeout] = ("La conexión tardó demasiado.", StartAgain),
            [SdkUnavailable] = ("No se pudo cargar la ventana de Meta.", "Desactiva los bloqueadores de anuncios en esta página o continúa en esta ventana."),
            [NotRegistered] = ("Este número todavía no está registrado para mensajes.", "Regístralo para enviar y recibir."),
            [RegistrationUnknown] = ("Meta no dijo si este número se puede registrar.", "Si no envía, regístralo a mano."),
            [OnBusinessApp] = ("Este número se usa en la app de WhatsApp Business.", "No tienes que hacer nada: funciona sin registrarlo."),
            [CodeNeeded] = ("Primero hay que verificar este número.", "Pide un código por SMS o llamada y escríbelo."),
            [CodeWrong] = ("El código no es correcto.", "Revisa el código o pide uno nuevo."),
            [CodeLimit] = ("Se pidieron o probaron demasiados códigos.", "Espera doce horas y pide un código nuevo."),
            [AlreadyVerified] = ("Este número ya está verificado.", "Regístralo."),
            [PinNeeded] = ("Este número ya tiene un PIN de verificación en dos pasos.", "Escribe el PIN que elegiste o desactiva la verificación en dos pasos en el Administrador de WhatsApp."),
            [PinLocked] = ("Hubo demasiados PIN incorrectos.", "Espera lo que indique el Administrador de WhatsApp y escribe el PIN correcto."),
            [PinTooFast] = ("El PIN se escribió demasiado pronto después del anterior.", "Espera unos minutos e inténtalo de nuevo."),
            [PinUnknown] = ("Aquí no se guarda ningún PIN de este número.", "Busca el PIN que elegiste tú o crea uno nuevo en el Administrador de WhatsApp."),
            [RegisterLimit] = ("Este número se registró demasiadas veces.", "Espera a que Meta lo permita de nuevo; puede tardar hasta 72 horas."),
            [NumberJustDeleted] = ("Este número se quitó de WhatsApp hace solo unos minutos.", "Espera cinco minutos y regístralo."),
            [DeregisterIncomplete] = ("Una baja anterior de este número no se completó.", "Espera unos minutos y regístralo de nuevo."),
            [NumberDeleted] = ("Este número se eliminó en Meta.", "Agrégalo de nuevo en el Administrador de WhatsApp y conecta otra vez."),
            [AccountLocked] = ("Meta bloqueó esta cuenta de WhatsApp.", "Abre el Administrador de WhatsApp para ver por qué y qué hacer."),
            [AccountBlocked] = ("Meta ha bloqueado esto por un tiempo.", "Abre el Administrador de WhatsApp para ver por qué e inténtalo más tarde."),
            [CountryRestricted] = ("Meta no permite esto en el país del número.", "Elige un número de otro país."),
            [SyncOver] = ("Los contactos y los mensajes se pueden copiar una sola vez, en el primer día de conexión.", "Para copiarlos, desconecta en la app de WhatsApp Business y conecta de nuevo."),
            [OverrideDiffers] = ("Meta sigue mostrando para los mensajes una dirección distinta de la que se estableció.", "Repite este paso dentro de unos minutos."),
            [StepNotOpen] = ("No hay nada que hacer aquí con este número.", "Recarga la página para ver cómo está el número."),
            [StepRunning] = ("Esto se está haciendo ahora mismo con este número.", "Espera un minuto y vuelve a mirar."),
            [ErrorCatalogue.Unknown] = ("Algo salió mal durante la conexión.", StartAgain),
        }.ToFrozenDictionary(),
        Steps = new Dictionary<string, (string, string)>
        {
            ["subscribe"] = ("Meta todavía no entrega mensajes. {0}", $"Vuelve a pulsar {Connect} para repetir este paso."),
            ["override"] = ("Los mensajes todavía no llegan por su propia vía. {0}", "Repite este paso; el número está conectado sin él. Si sigue abierto, avisa a quienes administran este servicio."),
            ["unsubscribe"] = ("Todavía no se avisó a Meta. {0}", "Desconecta de nuevo más tarde para repetir este paso; mientras tanto no se envía ni se recibe nada."),
            ["register"] = ("El número todavía no puede enviar ni recibir. {0}", "Regístralo."),
            ["sync_contacts"] = ("Los contactos de la app de WhatsApp Business todavía no se han copiado. {0}", "Repite este paso durante el primer día de conexión; todo lo demás funciona sin él."),
            ["sync_history"] = ("Los mensajes de la app de WhatsApp Business todavía no se han copiado. {0}", "Repite este paso durante el primer día de conexión; todo lo demás funciona sin él."),
        }.ToFrozenDictionary(),
        Findings = new Dictionary<string, string>
        {
            ["scope_missing"] = "Meta no menciona un permiso que este servicio pide. Si algo no funciona, conecta de nuevo y deja marcados todos los permisos.",
            ["token_short_lived"] = "El acceso termina en menos de un día. Conecta de nuevo para obtener uno que dure.",
            ["check"] = "Tu última conexión no incluyó la cuenta de WhatsApp de este número. Si deja de funcionar, conecta de nuevo y marca esa cuenta.",
            ["reconnect_needed"] = $"El acceso guardado ya no se puede usar. Pulsa {Connect} para darlo de nuevo.",
            ["number_shared"] = "Otra cuenta de este servicio también conectó el mismo número.",
            ["shared_proof_stale"] = "Como el número es compartido, los mensajes entrantes se pausan hasta que conectes de nuevo.",
            ["not_registered"] = "Meta dice que el número todavía no está registrado para la API.",
            [Language.Other] = "Meta informó de algo sobre este número.",
        }.ToFrozenDictionary(),
        Notes = new Dictionary<string, string>
        {
            [NoteKeys.Connected] = "WhatsApp está conectado.",
            [NoteKeys.Incomplete] = "Tus números están guardados, pero un paso en Meta sigue abierto.",
            [NoteKeys.Choose] = "Elige los números que quieres conectar.",
            [NoteKeys.Disconnected] = "WhatsApp está desconectado.",
            [NoteKeys.DisconnectedHere] = "WhatsApp está desconectado aquí; todavía no se pudo avisar a Meta.",
            [NoteKeys.Button] = Connect,
            [NoteKeys.GoOn] = "Continuar",
        }.ToFrozenDictionary(),
    };
}
