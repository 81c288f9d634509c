using System.Collections.Frozen;
using static WhatsAppOnboarding.Errors.ErrorCodes;

namespace WhatsAppOnboarding.Errors.Texts;

/// <summary>Portuguese, as it is written in Brazil.</summary>
internal static class Portuguese
{
    private const string Connect = "Conectar WhatsApp";
    private const string StartAgain = $"Clique em {Connect} para começar de novo.";
    private const string TryLater = $"Aguarde alguns minutos e clique em {Connect} novamente.";
    private const string TellOperator = "Avise quem administra este serviço; é preciso verificar o app da Meta.";

    public static Language Texts { get; } = new()
    {
        Name = "pt",
        Errors = new Dictionary<string, (string, string)>
        {
            [SignedOut] = ("Sua sessão está encerrada.", "Entre e conecte novamente."),
            [AccountMissing] = ("Seu login não pertence a exatamente uma conta.", "Saia e entre de novo. Se não resolver, fale com seu administrador."),
            [Forbidden] = ("Você não tem permissão para fazer isso na sua conta.", "Peça a um administrador da sua conta que faça isso."),
            [CrossSite] = ("A solicitação veio de outro site.", "Abra a página deste serviço e tente por lá."),
            [BadRequest] = ("A solicitação não foi entendida.", "Envie JSON como descrito para esta rota."),
            [TooManyAttempts] = ("Houve tentativas demais de conexão.", "Aguarde dez minutos e tente novamente."),
            [StateInvalid] = ("Esta tentativa de conexão não é conhecida aqui.", StartAgain),
            [StateExpired] = ("A conexão levou mais de dez minutos.", StartAgain),
            [StateUsed] = ("Esta tentativa de conexão já foi usada.", StartAgain),
            [StateWrongWay] = ("Esta tentativa de conexão não pode ser concluída desta forma.", StartAgain),
            [OtherBrowser] = ("A conexão foi iniciada em outro navegador.", $"Comece e termine no mesmo navegador: clique em {Connect} para começar de novo."),
            [OtherAccount] = ("Esta tentativa de conexão pertence a outra conta.", StartAgain),
            [Cancelled] = ("A Meta não deu acesso: a solicitação foi cancelada ou não era permitida.", $"Clique em {Connect} novamente e escolha Continuar na Meta. Você precisa ser administrador do portfólio empresarial."),
            [CallbackIncomplete] = ("A Meta voltou sem resposta.", StartAgain),
            [Interrupted] = ("A conexão foi interrompida.", StartAgain),
            [CodeExpired] = ("A resposta da Meta era antiga demais.", StartAgain),
            [CodeUsed] = ("A resposta da Meta já tinha sido usada.", StartAgain),
            [RedirectMismatch] = ("A Meta não aceita o endereço para o qual enviou você de volta.", TellOperator),
            [TokenInvalid] = ("A Meta diz que o acesso que ela deu não é válido.", $"Clique em {Connect} e dê acesso novamente."),
            [TokenNotOurs] = ("O acesso pertence a outro app.", StartAgain),
            [TokenUnreadable] = ("O acesso guardado não pode mais ser usado.", $"Clique em {Connect} e dê acesso novamente."),
            [PermissionMissing] = ("A Meta diz que falta uma permissão.", $"Clique em {Connect} novamente e deixe marcadas todas as permissões e a sua conta do WhatsApp."),
            [NoWaba] = ("Nenhuma conta do WhatsApp Business foi compartilhada.", $"Clique em {Connect} novamente e marque a conta do WhatsApp que você quer usar; se não tiver nenhuma, crie antes uma em business.facebook.com."),
            [NoPhoneNumbers] = ("A conta do WhatsApp Business não tem nenhum número de telefone.", "Adicione um número de telefone no Gerenciador do WhatsApp em business.facebook.com e conecte novamente."),
            [NumberTaken] = ("Um número de telefone ao qual você deu acesso já está conectado por outra conta.", "Desconecte-o lá primeiro ou escolha outro número na Meta."),
            [NotConnected] = ("Este número não está conectado.", $"Clique em {Connect} para conectá-lo."),
            [NumberPaused] = ("A Meta pausou o envio com este número.", "Aguarde até a Meta retomar; costuma levar alguns minutos."),
            [MetaThrottled] = ("A Meta está limitando quantas vezes pode ser consultada.", TryLater),
            [MetaUnavailable] = ("A Meta está com um problema temporário.", TryLater),
            [MetaTimeout] = ("A Meta não respondeu a tempo.", TryLater),
            [MetaUnreachable] = ("Não foi possível falar com a Meta.", TryLater),
            [MetaUnreadable] = ("A Meta deu uma resposta que não faz sentido.", TryLater),
            [MetaNotFound] = ("A Meta não mostra algo a que foi dado acesso.", $"Clique em {Connect} novamente e marque apenas contas do WhatsApp que você consegue abrir no Gerenciador do WhatsApp."),
            [MetaRefused] = ("A Meta recusou a solicitação.", $"Clique em {Connect} para começar de novo. Se acontecer outra vez, fale com o suporte e informe o horário."),
            [AppMisconfigured] = ("A conexão deste serviço com a Meta não está configurada corretamente.", TellOperator),
            [SaveFailed] = ("Não foi possível salvar a conexão.", StartAgain),
            [ServiceUnavailable] = ("Este serviço está com um problema no momento.", "Aguarde um instante e tente novamente."),
            [Pending] = ("Isto ainda está por fazer.", "Por enquanto você não precisa fazer nada."),
            [IdsNotGranted] = ("O que foi enviado não corresponde ao acesso que você deu na Meta.", StartAgain),
            [NumberUnexpected] = ("Você deu acesso a um número de telefone diferente do esperado.", $"Clique em {Connect} novamente e escolha na Meta o número esperado."),
            [ChoiceOver] = ("Esta escolha já foi feita ou demorou demais.", StartAgain),
            [AttemptUnknown] = ("Sua conta não tem esta tentativa de conexão.", StartAgain),
            [PopupError] = ("A janela da Meta informou um problema.", $"Clique em {Connect} para começar de novo. Se acontecer outra vez, fale com o suporte e informe o horário."),
            [PopupClosed] = ("A janela da Meta foi fechada antes de terminar.", $"Clique em {Connect} novamente e fique até a Meta dizer que você terminou."),
            [PopupBlocked] = ("Seu navegador bloqueou a janela da Meta.", "Permita pop-ups nesta página ou continue nesta janela."),
            [PopupTimeout] = ("A conexão demorou demais.", StartAgain),
            [SdkUnavailable] = ("Não foi possível carregar a janela da Meta.", "Desative bloqueadores de anúncios nesta página ou continue nesta janela."),
            [NotRegistered] = ("Este número ainda não está registrado para mensagens.", "Registre-o para enviar e receber."),
            [RegistrationUnknown] = ("A Meta não disse se este número pode ser registrado.", "Se ele não enviar, registre-o manualmente."),
            [OnBusinessApp] = ("Este número está em uso no app WhatsApp Business.", "Você não precisa fazer nada: ele funciona sem registro."),
            [CodeNeeded] = ("Este número precisa ser verificado antes.", "Peça um código por SMS ou ligação e digite-o."),
            [CodeWrong] = ("O código não está certo.", "Confira o código ou peça um novo."),
            [CodeLimit] = ("Foram pedidos ou testados códigos demais.", "Aguarde doze horas e peça um novo código."),
            [AlreadyVerified] = ("Este número já está verificado.", "Registre-o."),
            [PinNeeded] = ("Este número já tem um PIN de confirmação em duas etapas.", "Digite o PIN que você definiu ou desative a confirmação em duas etapas no Gerenciador do WhatsApp."),
            [PinLocked] = ("Houve PINs errados demais.", "Aguarde o tempo que o Gerenciador do WhatsApp indicar e digite o PIN certo."),
            [PinTooFast] = ("O PIN foi digitado cedo demais depois do anterior.", "Aguarde alguns minutos e tente novamente."),
            [PinUnknown] = ("Nenhum PIN deste número está guardado aqui.", "Procure o PIN que você mesmo definiu ou defina um novo no Gerenciador do WhatsApp."),
            [RegisterLimit] = ("Este número foi registrado vezes demais.", "Aguarde até a Meta permitir de novo; isso leva até 72 horas."),
            [NumberJustDeleted] = ("Este número foi removido do WhatsApp há poucos minutos.", "Aguarde cinco minutos e registre-o."),
            [DeregisterIncomplete] = ("Uma remoção anterior deste número não foi concluída.", "Aguarde alguns minutos e registre-o novamente."),
            [NumberDeleted] = ("Este número foi excluído na Meta.", "Adicione-o novamente no Gerenciador do WhatsApp e conecte outra vez."),
            [AccountLocked] = ("A Meta bloqueou esta conta do WhatsApp.", "Abra o Gerenciador do WhatsApp para ver o motivo e o que fazer."),
            [AccountBlocked] = ("A Meta bloqueou isto por um tempo.", "Abra o Gerenciador do WhatsApp para ver o motivo e tente mais tarde."),
            [CountryRestricted] = ("A Meta não permite isto no país do número.", "Escolha um número de outro país."),
            [SyncOver] = ("Contatos e mensagens só podem ser copiados uma vez, no primeiro dia de conexão.", "Para copiá-los, desconecte no app WhatsApp Business e conecte novamente."),
            [OverrideDiffers] = ("A Meta ainda mostra para as mensagens um endereço diferente do que foi definido.", "Repita esta etapa em alguns minutos."),
            [StepNotOpen] = ("Não há nada a fazer aqui com este número.", "Recarregue a página para ver como o número está."),
            [StepRunning] = ("Isto está sendo feito com este número neste momento.", "Aguarde um minuto e veja de novo."),
            [ErrorCatalogue.Unknown] = ("Algo deu errado durante a conexão.", StartAgain),
        }.ToFrozenDictionary(),
        Steps = new Dictionary<string, (string, string)>
        {
            ["subscribe"] = ("A Meta ainda não entrega mensagens. {0}", $"Clique em {Connect} novamente para repetir esta etapa."),
            ["override"] = ("As mensagens ainda não chegam pelo caminho próprio. {0}", "Repita esta etapa; o número está conectado sem ela. Se ela continuar aberta, avise quem administra este serviço."),
            ["unsubscribe"] = ("A Meta ainda não foi avisada. {0}", "Desconecte de novo mais tarde para repetir esta etapa; enquanto isso, nada é enviado nem recebido."),
            ["register"] = ("O número ainda não pode enviar nem receber. {0}", "Registre-o."),
            ["sync_contacts"] = ("Os contatos do app WhatsApp Business ainda não foram copiados. {0}", "Repita esta etapa no primeiro dia de conexão; todo o resto funciona sem ela."),
            ["sync_history"] = ("As mensagens do app WhatsApp Business ainda não foram copiadas. {0}", "Repita esta etapa no primeiro dia de conexão; todo o resto funciona sem ela."),
        }.ToFrozenDictionary(),
        Findings = new Dictionary<string, string>
        {
            ["scope_missing"] = "A Meta não cita uma permissão que este serviço pede. Se algo não funcionar, conecte novamente e deixe todas as permissões marcadas.",
            ["token_short_lived"] = "O acesso termina em menos de um dia. Conecte novamente para obter um que dure.",
            ["check"] = "Sua última conexão não incluiu a conta do WhatsApp deste número. Se ele parar de funcionar, conecte novamente e marque essa conta.",
            ["reconnect_needed"] = $"O acesso guardado não pode mais ser usado. Clique em {Connect} para dá-lo novamente.",
            ["number_shared"] = "Outra conta deste serviço também conectou o mesmo número.",
            ["shared_proof_stale"] = "Como o número é compartilhado, as mensagens recebidas ficam pausadas até você conectar novamente.",
            ["not_registered"] = "A Meta diz que o número ainda não está registrado para a API.",
            [Language.Other] = "A Meta informou algo sobre este número.",
        }.ToFrozenDictionary(),
        Notes = new Dictionary<string, string>
        {
            [NoteKeys.Connected] = "O WhatsApp está conectado.",
            [NoteKeys.Incomplete] = "Seus números estão salvos, mas uma etapa na Meta ainda está aberta.",
            [NoteKeys.Choose] = "Escolha os números que você quer conectar.",
            [NoteKeys.Disconnected] = "O WhatsApp está desconectado.",
            [NoteKeys.DisconnectedHere] = "O WhatsApp está desconectado aqui; ainda não foi possível avisar a Meta.",
            [NoteKeys.Button] = Connect,
            [NoteKeys.GoOn] = "Continuar",
        }.ToFrozenDictionary(),
    };
}
