using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Setup;

namespace WhatsAppOnboarding.Connect;

/// <summary>Step 2: what the token is worth. A permission that is not named is a finding; only calls prove or disprove access.</summary>
internal sealed class GrantInspection(IGraphClient graph, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time)
{
    private static readonly TimeSpan ShortLife = TimeSpan.FromDays(1);

    public Task<StepResult<Grant>> RunAsync(ConnectRun run, IssuedToken issued) =>
        run.Journal.RunAsync(AttemptSteps.Inspect, null, deadline => InspectAsync(issued, deadline), run.Deadline);

    private async Task<StepResult<Grant>> InspectAsync(IssuedToken issued, CancellationToken deadline)
    {
        var result = await graph.SendAsync(LoginCalls.InspectToken(issued.Token), deadline).ConfigureAwait(false);
        if (!result.Succeeded)
            return new StepResult<Grant>(MetaErrors.StableOf(result.Error), result.Error);

        var inspection = result.Value;
        if (!inspection.IsValid)
            return new StepResult<Grant>(ErrorCodes.TokenInvalid);
        if (inspection.AppId != options.CurrentValue.AppId)
            return new StepResult<Grant>(ErrorCodes.TokenNotOurs);

        var now = time.GetUtcNow();
        var isPersons = string.Equals(inspection.Type, "USER", StringComparison.OrdinalIgnoreCase);
        return new StepResult<Grant>(new Grant(
            issued.Token,
            inspection.ExpiresAt,
            isPersons && inspection.ExpiresAt < now + ShortLife,
            isPersons && inspection.UserId is { Length: > 0 } user ? GrantorHash.Of(user, options.CurrentValue.AppSecret) : null,
            NamedWabas(inspection),
            now,
            [.. options.CurrentValue.EffectiveScopes
                .Except(inspection.Scopes, StringComparer.OrdinalIgnoreCase)
                .Select(scope => new Finding { Code = Finding.ScopeMissing, At = now, Subject = scope })]));
    }

    /// <summary>Whatever WhatsApp permission names a target names a WABA; which of them Meta grants has changed before.</summary>
    private static WabaId[] NamedWabas(TokenInspection inspection) =>
    [
        .. inspection.GranularScopes
            .Where(scope => scope.Scope.StartsWith("whatsapp_business", StringComparison.OrdinalIgnoreCase))
            .SelectMany(scope => scope.TargetIds)
            .Where(target => WabaId.TryParse(target, out _))
            .Select(WabaId.Parse)
            .Distinct(),
    ];
}
