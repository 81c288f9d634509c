using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using WebHost.Data;
using WebHost.Languages;
using WhatsAppOnboarding.Graph;

namespace WebHost.Chat;

/// <summary>Files of messages: loaded from Meta with the account's token when they are looked at. What is served is what the bytes are, and never a page.</summary>
public sealed class ReceivedFiles(AppDbContext db, IWhatsAppAccounts accounts, IGraphClient graph, IStringLocalizer<Words> words)
{
    public async Task<IResult> ServeAsync(HttpContext http, AccountId account, long message, string? of, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        var id = account.ToString();
        var found = await db.ChatMessages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == message && m.AccountId == id && m.MediaId != null, cancellationToken);
        if (found is null || found.MediaId != of || !PhoneNumberId.TryParse(found.PhoneNumberId, out var number))
            return TypedResults.NotFound();
        var token = await accounts.GetTokenAsync(account, number, cancellationToken);
        if (!token.Available)
            return Gone();

        var limit = FileLimits.Of(found.Kind);
        var file = await graph.SendAsync(WhatsAppCalls.FindMedia(token.Token!, found.MediaId!, number), cancellationToken);
        if (!file.Succeeded || file.Value.Address is null)
            return Gone();
        if (file.Value.Size > limit)
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);

        var kept = TemporaryFile.Create();
        try
        {
            var loaded = await graph.SendAsync(WhatsAppCalls.DownloadMedia(token.Token!, file.Value, kept, limit), cancellationToken);
            if (loaded.Succeeded)
                return Show(http, found, kept, await TemporaryFile.TypeAsync(kept, cancellationToken));
            await kept.DisposeAsync();
            return Gone();
        }
        catch
        {
            await kept.DisposeAsync();
            throw;
        }
    }

    private static FileStreamHttpResult Show(HttpContext http, ChatMessage message, FileStream file, FileType type)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "private, max-age=86400, immutable";
        // Should a browser open it as a page after all, nothing in it runs.
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        var isShown = type.Kind is not MessageKind.Document && message.Kind is not MessageKind.Document;
        var name = isShown ? null : string.Concat((message.FileName ?? "file").Where(letter => !char.IsControl(letter) && letter is not ('/' or '\\' or '"')));
        return TypedResults.File(file, type.Media, name is { Length: 0 } ? "file" : name, enableRangeProcessing: true);
    }

    /// <summary>Meta keeps what customers send for a week.</summary>
    private ProblemHttpResult Gone() => TypedResults.Problem(words["Meta does not give this file any more, or cannot be reached."], statusCode: StatusCodes.Status404NotFound);
}
