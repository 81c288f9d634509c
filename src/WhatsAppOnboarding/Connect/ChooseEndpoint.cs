using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Connect;

/// <summary><c>POST …/choose</c>: names the numbers to connect of those that an attempt was granted, or gives the grant up.</summary>
internal sealed class ChooseEndpoint(AccountPrincipal principal, ConnectChoice choice, ConnectAnswers answers)
{
    private const int MaxNumbers = 1000;

    public async Task ChooseAsync(HttpContext context)
    {
        if (await principal.RequireAsync(context).ConfigureAwait(false) is not { } account)
            return;
        var request = await JsonBody.ReadAsync(context.Request, ConnectJson.Default.ChooseRequest).ConfigureAwait(false);
        if (request?.AttemptId is not { } attempt || NumbersOf(request) is not { } numbers)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.BadRequest).ConfigureAwait(false);
            return;
        }

        await answers.WriteAsync(context, await choice.ChooseAsync(account, attempt, numbers).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>The numbers chosen, none for a cancel; null when the body says neither or both.</summary>
    private static IReadOnlyCollection<PhoneNumberId>? NumbersOf(ChooseRequest request)
    {
        if (request.Cancel)
            return request.PhoneNumberIds is null ? [] : null;
        return request.PhoneNumberIds is { Count: > 0 and <= MaxNumbers } ids && ids.All(id => PhoneNumberId.TryParse(id, out _))
            ? [.. ids.Select(id => PhoneNumberId.Parse(id!)).Distinct()]
            : null;
    }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ChooseRequest(Guid? AttemptId, IReadOnlyList<string?>? PhoneNumberIds = null, bool Cancel = false);
