namespace WhatsAppOnboarding.Errors;

/// <summary>Portuguese, as it is written in Brazil.</summary>
internal static partial class Portuguese
{
    private const string Connect = "Conectar WhatsApp";
    private const string StartAgain = $"Clique em {Connect} para começar de novo.";
    private const string TryLater = $"Aguarde alguns minutos e clique em {Connect} novamente.";
    private const string TellOperator = "Avise quem administra este serviço; é preciso verificar o app da Meta.";

    public static Language Texts { get; } = Language.Of(
        "pt",
        [
            (WordKinds.Error, Errors), (WordKinds.Step, Steps), (WordKinds.Done, DoneSteps), (WordKinds.Finding, Findings), (WordKinds.Disconnect, Disconnects),
            (WordKinds.Notice, Notices), (WordKinds.Restriction, Restrictions), (WordKinds.Standing, States), (WordKinds.Outcome, Outcomes), (WordKinds.Readiness, Readinesses),
        ],
        [(WordKinds.Step, StepLabels), (WordKinds.Page, Pages), (WordKinds.Component, Labels)]);

    private static Dictionary<string, (string Message, string Action)> States => new()
    {
        ["active"] = ("O número está conectado.", "Você pode enviar e receber mensagens com ele."),
        ["unfinished"] = ("O número ainda não está pronto.", $"Conclua as etapas abertas dele. Se não houver nenhuma, clique em {Connect} novamente."),
        ["paused"] = ("A Meta pausou o envio com este número.", "Ele continua sozinho, normalmente em alguns minutos; o que os clientes escrevem chega mesmo assim."),
        ["paused.access"] = ("O envio está parado enquanto se pergunta à Meta se este número ainda pode ser usado aqui.", "Isso leva alguns minutos; o que os clientes escrevem chega mesmo assim."),
        ["reconnect_needed"] = ("O acesso guardado a este número não pode mais ser usado.", $"Clique em {Connect} para dá-lo novamente."),
        ["other"] = ("Não se sabe como o número está.", "Recarregue a página para ver como o número está."),
    };

    private static Dictionary<string, (string Message, string Action)> Outcomes => new()
    {
        ["connected"] = ("O WhatsApp está conectado.", "Você já pode escrever para seus clientes."),
        ["incomplete"] = ("Seus números estão salvos, mas uma etapa na Meta ainda está aberta.", "Veja seus números: cada um diz o que falta fazer."),
        ["choose"] = ("Escolha os números que você quer conectar.", "Marque-os e confirme; antes disso nada é conectado."),
        ["disconnected"] = ("O WhatsApp está desconectado.", $"Para tê-lo de volta, clique em {Connect}."),
        ["disconnected_here"] = ("O WhatsApp está desconectado aqui; não foi possível avisar a Meta.", "Você não precisa fazer nada: uma nova tentativa é feita automaticamente. Enquanto isso, nada é enviado nem recebido."),
        ["other"] = ("A tentativa terminou.", "Veja seus números para saber como estão."),
    };

    private static Dictionary<string, (string Message, string Action)> Steps => new()
    {
        ["subscribe"] = ("A Meta ainda não entrega mensagens. {0}", $"Clique em {Connect} novamente para repetir esta etapa."),
        ["unsubscribe"] = ("A Meta ainda não foi avisada. {0}", "Você não precisa fazer nada: uma nova tentativa é feita automaticamente. Enquanto isso, nada é enviado nem recebido."),
        ["deregister"] = ("O número continua registrado para a API. {0}", "Se o registro precisar ser cancelado, conecte e desconecte o número mais uma vez ou faça isso no Gerenciador do WhatsApp."),
        ["register"] = ("O número ainda não pode enviar nem receber. {0}", "Registre-o."),
        ["sync_contacts"] = ("Os contatos do app WhatsApp Business ainda não foram copiados. {0}", "Repita esta etapa no primeiro dia de conexão; todo o resto funciona sem ela."),
        ["sync_history"] = ("As mensagens do app WhatsApp Business ainda não foram copiadas. {0}", "Repita esta etapa no primeiro dia de conexão; todo o resto funciona sem ela."),
    };

    private static Dictionary<string, (string Message, string Action)> DoneSteps => new()
    {
        ["request_code"] = ("A Meta enviou um código para o número.", "Digite-o em até dez minutos; depois o número é registrado, a menos que algo na Meta impeça."),
        ["verify_code"] = ("O número está verificado.", "Veja se resta alguma etapa do número."),
        ["register"] = ("O número está registrado.", "Você pode enviar e receber mensagens com ele."),
        ["subscribe"] = ("As mensagens já chegam aqui.", "Peça a alguém que escreva para o número para conferir."),
        ["sync_contacts"] = ("O pedido foi feito à Meta. Os contatos do app WhatsApp Business chegam sozinhos.", "Deixe esse app aberto até que estejam aqui."),
        ["sync_history"] = ("O pedido foi feito à Meta. As mensagens do app WhatsApp Business chegam sozinhas.", "Deixe ligado o telefone com esse app até que estejam aqui."),
        ["other"] = ("A etapa está concluída.", "Veja se resta outra etapa do número."),
    };

    private static Dictionary<string, string> StepLabels => new()
    {
        ["meta_code"] = "O código de erro da Meta é {0}.",
        ["once"] = "A Meta aceita este pedido uma única vez.",
        ["register.tries"] = "Registrar gasta um dos {0} registros que a Meta aceita para um número em {1} horas. Restam: {2}.",
        ["verify.tries"] = "Pedir um código gasta um dos {0} códigos que a Meta envia a um número em {1} horas. Restam: {2}.",
        ["register.later"] = "Aguarde alguns minutos e registre-o.",
        ["register.then"] = "Depois disso, registre-o.",
        ["verify.later"] = "Aguarde alguns minutos e peça um código de novo.",
        ["verify.then"] = "Depois disso, peça um código de novo.",
        ["unsubscribe.then"] = "Remova você este serviço nas configurações da sua conta do WhatsApp em business.facebook.com; enquanto isso, nada é enviado nem recebido.",
        ["subscribe.name"] = "Recebimento de mensagens",
        ["unsubscribe.name"] = "Fim das mensagens na Meta",
        ["deregister.name"] = "Cancelamento do registro",
        ["register.name"] = "Registro",
        ["verify.name"] = "Verificação",
        ["sync_contacts.name"] = "Contatos",
        ["sync_history.name"] = "Mensagens anteriores",
        ["signup.name"] = "Janela da Meta",
        ["exchange.name"] = "Recebimento do acesso",
        ["inspect.name"] = "Conferência do acesso",
        ["extend.name"] = "Prorrogação do acesso",
        ["discover.name"] = "Busca das contas do WhatsApp",
        ["list.name"] = "Lista dos números",
        ["save.name"] = "Salvamento",
        ["request_code.name"] = "Código por SMS ou ligação",
        ["verify_code.name"] = "Conferência do código",
        ["other.name"] = "Configuração",
    };

    private static Dictionary<string, string> Pages => new()
    {
        ["connect"] = Connect,
        ["go_on"] = "Continuar",
        ["link_refused"] = "Este link não pode ser usado agora",
        ["link_title"] = "Conecte um número do WhatsApp a {0}",
        ["link_setup"] = "{0} pede que você conecte um número do WhatsApp Business: o que os clientes escreverem para ele chegará a {0} e será respondido de lá.",
        ["link_reconnect"] = "{0} pede que você dê acesso mais uma vez a um número do WhatsApp Business.",
        ["link_only"] = "O número em questão, e o único que este link conecta:",
        ["link_expected"] = "O número em questão:",
        ["link_how"] = "A Meta pede que você entre e escolha o que compartilhar. Você precisa ser administrador do portfólio empresarial a que o número pertence; aqui não precisa de conta.",
        ["link_until"] = "Este link funciona uma vez, até {0:D}, {0:t} UTC.",
        ["link_working"] = "Esta página se atualiza sozinha.",
        ["link_done"] = "{0} já pode usá-lo. Você pode fechar esta página.",
        ["link_incomplete"] = "Ainda falta uma etapa. {0} vê qual é; você pode fechar esta página.",
        ["deletion_done"] = "Sua solicitação de exclusão de dados está concluída.",
        ["deletion_what"] = "Este serviço não anota mais qual usuário do Facebook lhe deu acesso. O acesso que você retirou no Facebook é excluído aqui assim que o Facebook confirma.",
        ["deletion_rest"] = "Os números e as mensagens pertencem à empresa que os conectou. Para que sejam excluídos, peça a essa empresa ou a quem opera este serviço.",
    };
}
