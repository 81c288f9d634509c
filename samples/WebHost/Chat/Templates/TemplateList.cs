using Microsoft.Extensions.Localization;
using WebHost.Languages;
using WhatsAppOnboarding.Graph;

namespace WebHost.Chat;

/// <summary>The templates that a number can send.</summary>
public sealed class TemplateList(IWhatsAppAccounts accounts, IGraphClient graph, WhatsAppWords library, IStringLocalizer<Words> words)
{
    /// <summary>Those that Meta approved, or why they cannot be read.</summary>
    public async Task<(IReadOnlyList<TemplateCard> Cards, string? Problem)> ReadAsync(AccountId account, PhoneNumberId from, CancellationToken cancellationToken)
    {
        var status = await accounts.GetStatusAsync(account, cancellationToken);
        var token = await accounts.GetTokenAsync(account, from, cancellationToken);
        if (!token.Available || status.PhoneNumbers.FirstOrDefault(number => number.PhoneNumberId == from.ToString()) is not { } number || !WabaId.TryParse(number.WabaId, out var waba))
            return ([], token.Code is { } code ? $"{library.Error(code).Message} {library.Error(code).Action}" : null);
        var read = await graph.ReadAllAsync(after => WhatsAppCalls.ListTemplates(token.Token!, waba, after, status: "APPROVED"), cancellationToken: cancellationToken);
        if (read.Error is not { } error)
            return ([.. read.Value!.Select(TemplateCard.Of).Where(card => !card.IsBeyond).OrderBy(card => card.Name, StringComparer.Ordinal).ThenBy(card => card.Language, StringComparer.Ordinal)], null);
        await accounts.ReportFailureAsync(account, from, token.Token!, error, cancellationToken);
        return ([], Refusals.InWords(error, words));
    }
}
