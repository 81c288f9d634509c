using Microsoft.Extensions.Localization;
using WebHost.Languages;
using WhatsAppOnboarding.Graph;

namespace WebHost.Chat;

/// <summary>Takes a file that somebody wants to send to Meta, which gives it an id to send it by.</summary>
public sealed class SentFiles(IWhatsAppAccounts accounts, IGraphClient graph, WhatsAppWords library, IStringLocalizer<Words> words)
{
    public async Task<(SentFile? File, string? Problem)> UploadAsync(AccountId account, string? from, string? name, bool isVoice, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!PhoneNumberId.TryParse(from, out var number))
            return (null, words["Choose the number to send from."].Value);
        var token = await accounts.GetTokenAsync(account, number, cancellationToken);
        if (!token.Available)
            return (null, library.Error(token.Code!) is var why ? $"{why.Message} {why.Action}" : null);

        var plain = string.Concat(Path.GetFileName(name ?? "").Where(letter => !char.IsControl(letter) && letter is not '"')).Trim();
        plain = plain.Length is 0 ? "file" : plain[..Math.Min(plain.Length, ChatContent.MaxName)];
        await using var kept = TemporaryFile.Create();
        await content.CopyToAsync(kept, cancellationToken);
        var type = await TemporaryFile.TypeAsync(kept, cancellationToken, plain);
        // A recorder writes a film without pictures.
        if (isVoice && type.Media is "video/mp4")
            type = new("audio/mp4", MessageKind.Audio);
        if (FileLimits.WhyNot(type, kept.Length, words) is { } problem)
            return (null, problem);
        var uploaded = await graph.SendAsync(WhatsAppCalls.UploadMedia(token.Token!, number, kept, type.Media, plain), cancellationToken);
        if (uploaded.Succeeded)
            return (new(uploaded.Value.Id, isVoice ? MessageKind.Voice : type.Kind, type.Kind is MessageKind.Document ? plain : null), null);
        await accounts.ReportFailureAsync(account, number, token.Token!, uploaded.Error, CancellationToken.None);
        return (null, Refusals.InWords(uploaded.Error, words));
    }
}
