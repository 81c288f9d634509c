namespace WhatsAppOnboarding.Errors;

/// <content>What is to be said of a number: what was noticed, why it is gone, what Meta said.</content>
internal static partial class Portuguese
{
    private const string Manager = "Abra o Gerenciador do WhatsApp para ver o motivo e o que fazer.";
    private const string Nothing = "Você não precisa fazer nada.";
    private const string Again = $"Clique em {Connect} para tê-lo de volta.";

    private static Dictionary<string, (string Message, string Action)> Findings => new()
    {
        ["scope_missing"] = ("A Meta não cita uma permissão que este serviço pede.", "Se algo não funcionar, conecte novamente e deixe todas as permissões marcadas."),
        ["token_short_lived"] = ("O acesso termina em menos de um dia.", "Conecte novamente para obter um que dure."),
        ["token_life_unknown"] = ("A Meta não disse quando este acesso termina.", "Se o número parar de funcionar, conecte novamente."),
        ["waba_unread"] = ("Não foi possível ler outra conta do WhatsApp a que você deu acesso: {0}", "Faça o que o motivo pede e conecte novamente."),
        ["waba_hidden"] = ("A Meta cita outra conta do WhatsApp, mas não a mostra: ela foi excluída ou não é mais compartilhada.", "Se sentir falta dos números dela, conecte novamente e marque essa conta; se não, não há nada a fazer."),
        ["check"] = ("Sua última conexão não incluiu a conta do WhatsApp deste número.", "Se o número parar de funcionar, conecte novamente e marque essa conta."),
        ["number_moved"] = ("A Meta mostra este número em outra conta do WhatsApp, e não na que você conectou.", $"Clique em {Connect} e escolha a conta em que ele está agora."),
        ["reconnect_needed"] = ("O acesso guardado não pode mais ser usado.", $"Clique em {Connect} para dá-lo novamente."),
        ["token_unreadable"] = ("O acesso guardado já não pode ser aberto aqui.", $"Clique em {Connect} para dá-lo novamente."),
        ["number_shared"] = ("Outra conta deste serviço também conectou o mesmo número.", "Se você não sabia disso, pergunte na sua empresa quem mais o conectou."),
        ["shared_proof_stale"] = ("Como o número é compartilhado e o seu acesso não foi comprovado ultimamente, as mensagens recebidas ficam pausadas.", $"Clique em {Connect} para recebê-las de novo."),
        ["not_registered"] = ("A Meta diz que o número ainda não está registrado para a API.", "Registre-o para enviar e receber."),
        ["status_flagged"] = ("A Meta sinalizou o número por baixa qualidade: os clientes bloqueiam ou denunciam as mensagens dele.", "Escreva só para quem espera por isso."),
        ["status_rate_limited"] = ("A Meta deixa o número enviar menos por enquanto.", "Escreva só para quem espera por isso; o limite termina sozinho."),
        ["status_pending"] = ("A Meta ainda não terminou com o número.", "Aguarde; isto muda sozinho quando a Meta terminar. O Gerenciador do WhatsApp mostra o que a Meta espera."),
        ["status_disconnected"] = ("A Meta diz que o número está desconectado.", $"Abra o Gerenciador do WhatsApp para ver o motivo. Quando estiver conectado lá, isto muda sozinho em algumas horas; {Connect} verifica na hora."),
        ["status_unverified"] = ("A Meta diz que ninguém provou ser dono do número.", $"Verifique-o no Gerenciador do WhatsApp. Isto muda sozinho em algumas horas; {Connect} verifica na hora."),
        ["status_offline"] = ("A Meta não consegue contatar o número no momento.", "Aguarde; isto muda sozinho quando a Meta voltar a contatá-lo."),
        ["status_restricted"] = ("A Meta restringe o número.", Manager),
        ["status_banned"] = ("A Meta baniu o número.", "Recorra no Gerenciador do WhatsApp. Até a Meta retirar o banimento, use outro número."),
        ["status_deleted"] = ("O número está excluído na Meta.", "Adicione-o novamente no Gerenciador do WhatsApp e conecte outra vez."),
        ["status_migrated"] = ("O número foi movido para outra conta do WhatsApp.", $"Clique em {Connect} e escolha a conta em que ele está agora."),
        ["status_unknown"] = ("A Meta descreve o número com uma palavra que este serviço não conhece.", "Abra o Gerenciador do WhatsApp para ver como o número está."),
        ["status_unsaid"] = ("A Meta não disse se o número pode ser usado.", $"A Meta é consultada de novo em algumas horas; {Connect} verifica na hora. O Gerenciador do WhatsApp mostra como o número está."),
        ["not_live"] = ("A Meta não usa este número para clientes reais: ele não está no modo ativo.", $"Abra o Gerenciador do WhatsApp para ver o motivo. Quando o número estiver ativo, isto muda sozinho em algumas horas; {Connect} verifica na hora."),
        ["still_subscribed"] = ("Não foi possível cancelar a assinatura do app na Meta quando o número foi desconectado. Aqui nada é enviado nem recebido.", "Remova o app você mesmo: em business.facebook.com, nas configurações do negócio, Integrações, Apps conectados."),
        ["on_premise"] = ("O número está registrado na antiga API do WhatsApp para servidores próprios.", "Peça a quem administra esse servidor que passe o número para a API na nuvem e conecte novamente."),
        ["name_declined"] = ("A Meta recusou o nome que os clientes veriam.", "Edite o nome no Gerenciador do WhatsApp."),
        ["name_expired"] = ("A aprovação da Meta para o nome que os clientes veem expirou.", "Envie o nome novamente no Gerenciador do WhatsApp."),
        ["name_pending"] = ("A Meta está analisando o nome que os clientes veem. Até a aprovação, as conversas podem mostrar o número de telefone no lugar dele.", "Aguarde a decisão da Meta."),
        ["new_name_pending"] = ("A Meta está analisando o novo nome que foi pedido; até lá os clientes veem o atual.", "Aguarde a decisão da Meta."),
        ["new_name_declined"] = ("A Meta recusou o novo nome que foi pedido; os clientes continuam vendo o atual.", "Peça outro no Gerenciador do WhatsApp."),
        ["new_name_approved"] = ("A Meta aprovou o novo nome que foi pedido; ele vale quando o número é registrado de novo.", "As pessoas que administram este serviço precisam registrar o número de novo em até 14 dias depois da aprovação, ou a Meta analisa o nome outra vez."),
        ["new_name_expired"] = ("A aprovação da Meta para o novo nome expirou antes de o número ser registrado de novo.", "Peça o nome de novo no Gerenciador do WhatsApp."),
        ["name_unknown"] = ("A Meta descreve o nome que os clientes veem com uma palavra que este serviço não conhece.", "Abra o Gerenciador do WhatsApp para ver como está o nome."),
        ["access_in_doubt"] = ("A Meta diz que este serviço não tem mais acesso à conta do WhatsApp. O envio está parado enquanto isso é verificado; o recebimento continua.", "Aguarde alguns minutos até a verificação terminar."),
        ["access_kept"] = ("A Meta disse que o acesso foi removido, mas ele ainda funciona: nada foi desconectado.", Nothing),
        ["other"] = ("A Meta informou algo sobre este número.", "Abra o Gerenciador do WhatsApp para ver o que é."),
    };

    private static Dictionary<string, (string Message, string Action)> Readinesses => new()
    {
        ["can_receive"] = ("O que os clientes escrevem chega aqui.", Nothing),
        ["can_send"] = ("É possível enviar mensagens.", Nothing),
        ["token_ended"] = ("O acesso a este número terminou.", $"Clique em {Connect} para dá-lo novamente."),
        ["register_open"] = ("O número ainda não está registrado para mensagens.", "Registre-o."),
        ["being_set_up"] = ("O número está sendo configurado agora.", "Aguarde um minuto; você não precisa fazer nada."),
        ["in_work"] = ("Algo na sua conexão com o WhatsApp não funciona como deveria.", "Você não precisa fazer nada: as pessoas que administram este serviço estão trabalhando nisso."),
        ["not_subscribed"] = ("As mensagens do número não chegam aqui: falta a assinatura na Meta.", $"Clique em {Connect} para criá-la de novo."),
        ["not_proved"] = ("Ainda não foi comprovado que o acesso a este número funciona.", $"Clique em {Connect} para comprová-lo."),
        ["not_registered_at_send"] = ("A Meta recusou a última mensagem porque o número não está registrado.", "Registre o número."),
        ["name_not_ready"] = ("A Meta recusou a última mensagem porque o nome que os clientes veem não está aprovado.", "Aguarde a análise do nome pela Meta ou edite o nome no Gerenciador do WhatsApp."),
        ["routed_elsewhere"] = ("A Meta entrega as conversas deste número a outro serviço; aqui só chegam cópias.", "Abra o Meta Business Suite e escolha lá quem responde."),
        ["not_checked"] = ("A Meta não confirma há mais de um dia que este número funciona.", "Veja a página de status da Meta. Se a Meta não tiver problemas, avise quem administra este serviço."),
        ["unwell_at_meta"] = ("A Meta informa um problema que pode impedir o envio de mensagens.", Manager),
        ["token_ends_in_1_day"] = ("O acesso a este número termina em menos de um dia.", $"Clique em {Connect} hoje para renová-lo."),
        ["token_ends_in_7_days"] = ("O acesso a este número termina em menos de uma semana.", $"Clique em {Connect} a tempo de renová-lo."),
        ["token_ends_in_14_days"] = ("O acesso a este número termina em menos de duas semanas.", $"Clique em {Connect} a tempo de renová-lo."),
        ["quality_low"] = ("A Meta avalia a qualidade do número como baixa: os clientes bloqueiam ou denunciam as mensagens dele.", "Escreva só para quem espera por isso, antes que a Meta limite o número."),
        ["business_unverified"] = ("A Meta não verificou a empresa, então o número pode escrever para menos pessoas.", "Verifique a empresa nas configurações do negócio da Meta."),
        ["other"] = ("Algo impede o número de funcionar.", "Abra o Gerenciador do WhatsApp para ver o que é."),
    };

    private static Dictionary<string, (string Message, string Action)> Disconnects => new()
    {
        ["requested"] = ("O número foi desconectado a seu pedido.", Again),
        ["not_chosen"] = ("O número não foi escolhido quando alguém conectou novamente.", $"Clique em {Connect} novamente e escolha também este número."),
        ["interrupted"] = ("A conexão do número foi interrompida.", StartAgain),
        ["gone_at_meta"] = ("O número não está mais na sua conta do WhatsApp na Meta.", "Adicione-o novamente no Gerenciador do WhatsApp e conecte outra vez."),
        ["not_subscribed_after_restore"] = ("Este serviço foi restaurado de um backup e não está mais inscrito na sua conta do WhatsApp na Meta, como após uma desconexão.", Again),
        ["app_uninstalled"] = ("Este serviço foi removido da sua conta do WhatsApp na Meta.", $"Clique em {Connect} para adicioná-lo novamente."),
        ["account_deleted"] = ("Sua conta do WhatsApp foi excluída na Meta.", $"Clique em {Connect} e escolha outra conta do WhatsApp."),
        ["deauthorized"] = ("A pessoa que conectou o número retirou a permissão no Facebook.", $"Clique em {Connect} para dá-la novamente."),
        ["partner_removed"] = ("Sua conta do WhatsApp não está mais compartilhada com este serviço: ela foi removida nas configurações de negócios da Meta.", $"Clique em {Connect} para compartilhá-la novamente."),
        ["partner_removed.SYSTEM"] = ("A própria Meta encerrou o acesso deste serviço à sua conta do WhatsApp.", $"Abra o Gerenciador do WhatsApp para ver o motivo e clique em {Connect} novamente."),
        ["partner_removed.ACCOUNT_DISCONNECTED"] = ("Alguém desconectou o número no app WhatsApp Business.", Again),
        ["partner_removed.BUSINESS_DOWNGRADE"] = ("O telefone passou do app WhatsApp Business para o WhatsApp comum.", $"Instale de novo o app WhatsApp Business com este número e clique em {Connect}."),
        ["partner_removed.CHANGE_NUMBER"] = ("O app WhatsApp Business mudou para outro número.", $"Clique em {Connect} e escolha o número novo."),
        ["partner_removed.COMPANION_INACTIVITY"] = ("A conexão não foi usada por cerca de 30 dias, então o WhatsApp a encerrou.", Again),
        ["partner_removed.PRIMARY_INACTIVITY"] = ("O app WhatsApp Business não foi aberto por cerca de 14 dias, então o WhatsApp encerrou a conexão.", $"Abra o app WhatsApp Business e clique em {Connect}; abra-o pelo menos a cada 13 dias."),
        ["partner_removed.USER_RE_REGISTERED"] = ("O app WhatsApp Business foi configurado de novo com este número.", Again),
        ["other"] = ("O número não pode mais ser usado aqui.", Again),
    };

    private static Dictionary<string, (string Message, string Action)> Notices => new()
    {
        ["access"] = ("A Meta disse que este serviço não tem mais acesso à conta do WhatsApp.", "Aguarde alguns minutos enquanto isso é verificado."),
        ["pause"] = ("A Meta pausou o envio porque o número passou para outro telefone.", "Ele continua sozinho, normalmente em alguns minutos; o que os clientes escrevem chega mesmo assim."),
        ["pause.ACCOUNT_RECONNECTED"] = ("A pausa na Meta acabou.", "Você pode enviar de novo."),
        ["ban"] = ("A Meta desativou a conta do WhatsApp.", Manager),
        ["ban.REINSTATE"] = ("A Meta reativou a conta do WhatsApp.", "Você pode enviar de novo."),
        ["ban.SCHEDULE_FOR_DISABLE"] = ("A Meta está prestes a desativar a conta do WhatsApp.", Manager),
        ["ban.SCHEDULE_FOR_DISABLE.on"] = ("A Meta desativará a conta do WhatsApp nesta data: {0}.", Manager),
        ["violation"] = ("A Meta vê uma violação das políticas dela.", "Abra o Gerenciador do WhatsApp para ver qual é e o que fazer."),
        ["restriction"] = ("A Meta limita a conta do WhatsApp.", Manager),
        ["restriction.until"] = ("A Meta limita a conta do WhatsApp até {0:d MMM yyyy, HH:mm} UTC.", Manager),
        ["review"] = ("A Meta está analisando a conta do WhatsApp.", "Aguarde a decisão da Meta."),
        ["review.APPROVED"] = ("A Meta aprovou a conta do WhatsApp.", Nothing),
        ["review.REJECTED"] = ("A Meta rejeitou a conta do WhatsApp.", Manager),
        ["alert"] = ("A Meta deu um alerta sobre a conta do WhatsApp.", "Abra o Gerenciador do WhatsApp para lê-lo e ver o que fazer."),
        ["limit"] = ("A Meta mudou para quantas pessoas você pode escrever.", "Abra o Gerenciador do WhatsApp para ver para quantas."),
        ["limit.UPGRADE"] = ("A Meta aumentou para quantas pessoas você pode escrever.", Nothing),
        ["limit.DOWNGRADE"] = ("A Meta reduziu para quantas pessoas você pode escrever.", "Escreva apenas para pessoas que esperam isso: uma qualidade melhor aumenta o limite de novo."),
        ["limit.THROUGHPUT_UPGRADE"] = ("A Meta permite que o número envie mais rápido.", Nothing),
        ["limit.FLAGGED"] = ("A Meta sinalizou o número por baixa qualidade: clientes bloqueiam ou denunciam as mensagens dele.", "Escreva apenas para pessoas que esperam isso."),
        ["limit.UNFLAGGED"] = ("A Meta não sinaliza mais o número por baixa qualidade.", Nothing),
        ["name"] = ("A Meta está analisando o nome que os clientes veem.", "Aguarde a decisão da Meta."),
        ["name.NAME_EMPLOYEE_ISSUE"] = ("A Meta rejeitou o nome porque ele contém o de uma pessoa ou de um funcionário.", "Escolha um sem pessoas no Gerenciador do WhatsApp."),
        ["name.NAME_INDIVIDUAL_ISSUE"] = ("A Meta rejeitou o nome porque ele é o de uma pessoa e não o da empresa.", "Escolha um da empresa no Gerenciador do WhatsApp."),
        ["name.NAME_ENDCLIENT_NOTRELATED"] = ("A Meta rejeitou o nome porque ele contém o de outra empresa.", "Escolha um da sua própria empresa no Gerenciador do WhatsApp."),
        ["name.NAME_FORMAT_UNACCEPTABLE"] = ("A Meta rejeitou o nome pela forma como está escrito.", "Escreva-o no Gerenciador do WhatsApp como pedem as diretrizes da Meta para nomes de exibição."),
        ["name.NAME_NOT_CONSISTENT"] = ("A Meta rejeitou o nome porque ele não corresponde ao que a sua empresa usa em outros lugares.", "Escolha o da sua marca e do seu site no Gerenciador do WhatsApp."),
        ["name.APPROVED"] = ("A Meta aprovou o nome; os clientes o veem a partir de agora.", Nothing),
        ["name.REJECTED"] = ("A Meta rejeitou o nome que os clientes veriam.", "Escolha outro no Gerenciador do WhatsApp."),
        ["capability"] = ("A Meta mudou o que o seu portfólio empresarial pode fazer.", "Abra o Gerenciador do WhatsApp para ver os limites dele."),
        ["pin"] = ("O PIN da confirmação em duas etapas foi alterado na Meta ou está prestes a ser.", "Se ninguém da sua empresa fez isso, defina um novo PIN no Gerenciador do WhatsApp."),
        ["other"] = ("A Meta informou algo sobre a conta do WhatsApp.", "Abra o Gerenciador do WhatsApp para ver o que é."),
    };

    private static Dictionary<string, (string Message, string Action)> Restrictions => new()
    {
        ["RESTRICTED_BIZ_INITIATED_MESSAGING"] = ("Você não pode iniciar conversas, apenas responder a clientes que lhe escreveram.", "Inicie conversas quando a restrição terminar."),
        ["RESTRICTED_CUSTOMER_INITIATED_MESSAGING"] = ("Você não pode responder a clientes que lhe escrevem.", "Fale com eles de outra forma até a restrição terminar."),
        ["RESTRICTED_ADD_PHONE_NUMBER_ACTION"] = ("Você não pode adicionar números.", "Adicione números quando a restrição terminar."),
        ["RESTRICTED_UTILITY_TEMPLATES"] = ("Você não pode enviar modelos de utilidade.", "Não envie modelos de utilidade até a restrição terminar."),
        ["RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES"] = ("Você não pode enviar mensagens de utilidade sem um modelo próprio.", "Envie-as com um modelo aprovado até a restrição terminar."),
        ["other"] = ("Você não pode fazer algo que antes era permitido.", "Abra o Gerenciador do WhatsApp para ver o que é e o que fazer."),
    };
}
