using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>Reads what a code grants: the token, what it is worth, and which WABAs it opens.</summary>
internal sealed class GrantReading(IGraphClient graph, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time)
{
    private const int BusinessesAtOnce = 8;

    /// <summary>Step 1: the code becomes a token. Never repeated, for a code works once, and before all else, for one of the popup lives 30 seconds.</summary>
    public Task<StepResult<IssuedToken>> ExchangeAsync(ConnectRun run, GrantedCode code) => run.Journal.RunAsync(
        StepNames.Exchange,
        null,
        async deadline => StepResult<IssuedToken>.From(
            await graph.SendAsync(LoginCalls.ExchangeCode(code.Code, code.RedirectUri), deadline).ConfigureAwait(false)),
        run.Deadline);

    /// <summary>Step 2: what the token is worth. A permission that is not named is a finding; only calls prove or disprove access.</summary>
    public Task<StepResult<Grant>> InspectAsync(ConnectRun run, IssuedToken issued) =>
        run.Journal.RunAsync(StepNames.Inspect, null, deadline => InspectAsync(issued, deadline), run.Deadline);

    /// <summary>
    /// Beside the listing: a person's token that ends soon, or nobody knows when, is exchanged for a longer one. What that is worth is asked once, if the answer
    /// does not say.
    /// </summary>
    public async Task<Grant> ExtendAsync(ConnectRun run, Grant grant)
    {
        if (!grant.IsToExtend)
            return grant.WithLife(grant.Life, time.GetUtcNow());

        var extended = await run.Journal.RunAsync(
            StepNames.Extend,
            null,
            async deadline => StepResult<IssuedToken>.From(await graph.SendAsync(LoginCalls.ExtendToken(grant.Token), deadline).ConfigureAwait(false)),
            run.Deadline).ConfigureAwait(false);
        if (!extended.Succeeded)
            return grant.WithLife(grant.Life, time.GetUtcNow());

        var life = grant.Life.Renewed(extended.Value, time.GetUtcNow());
        if (life.Ends is null)
        {
            var inspected = await run.Journal.RunAsync(StepNames.Inspect, null, deadline => InspectAsync(extended.Value, deadline), run.Deadline).ConfigureAwait(false);
            if (inspected.IsRefused || inspected.Code is ErrorCodes.TokenInvalid or ErrorCodes.TokenNotOurs)
                return grant.WithLife(grant.Life, time.GetUtcNow());
            life = inspected.Value?.Life ?? life;
        }

        return (grant with { Token = extended.Value.Token }).WithLife(life, time.GetUtcNow());
    }

    /// <summary>
    /// Which WABAs were granted: those that the token names; where it names none, those that the browser named and the token opens; where
    /// nobody names any, all that its portfolios own or were given.
    /// </summary>
    /// <param name="run">The attempt.</param>
    /// <param name="grant">What the token says.</param>
    /// <param name="hinted">What came of listing the WABAs that the browser named. One that was not granted ends the attempt, whatever it is.</param>
    public async Task<StepResult<FoundWabas>> DiscoverAsync(ConnectRun run, Grant grant, IReadOnlyList<ListedWaba> hinted)
    {
        if (hinted.Any(waba => grant.Wabas.Count > 0 ? !grant.Wabas.Contains(waba.Id) : waba.Numbers.Error is { ShowsNothing: true }))
            return new StepResult<FoundWabas>(ErrorCodes.IdsNotGranted);
        if (grant.Wabas.Count > 0)
            return new StepResult<FoundWabas>(new FoundWabas(grant.Wabas));
        if (hinted.Count > 0)
            return new StepResult<FoundWabas>(new FoundWabas([.. hinted.Select(waba => waba.Id)]));
        return await run.Journal.RunAsync(StepNames.Discover, null, deadline => SearchAsync(grant.Token, deadline), run.Deadline).ConfigureAwait(false);
    }

    private async Task<StepResult<Grant>> InspectAsync(IssuedToken issued, CancellationToken deadline)
    {
        var result = await graph.SendAsync(LoginCalls.InspectToken(issued.Token), deadline).ConfigureAwait(false);
        if (!result.Succeeded)
            return new StepResult<Grant>(MetaErrors.StableOf(result.Error), result.Error);

        var inspection = result.Value;
        if (!inspection.IsValid)
            return new StepResult<Grant>(inspection.Reason is { StableCode: not ErrorCodes.MetaRefused } why ? why.StableCode : ErrorCodes.TokenInvalid, inspection.Reason);
        if (inspection.AppId != options.CurrentValue.AppId)
            return new StepResult<Grant>(ErrorCodes.TokenNotOurs);

        var now = time.GetUtcNow();

        // Only of a system user's token is it certain that no person stands behind it.
        var isPersons = !string.Equals(inspection.Type, "SYSTEM_USER", StringComparison.OrdinalIgnoreCase);
        var life = TokenLife.Of(inspection, isPersons).AtMost(issued, now);
        return new StepResult<Grant>(new Grant(
            issued.Token,
            life,
            isPersons && !life.IsEndless && (life.Ends is null || life.IsShort(now)),
            isPersons && inspection.UserId is { Length: > 0 } user ? GrantorHash.Of(user, options.CurrentValue.AppSecret) : null,
            NamedWabas(inspection),
            now,
            [.. MissingScopes(inspection).Select(scope => new Finding { Code = Finding.ScopeMissing, At = now, Subject = scope })]));
    }

    /// <summary>What neither list of permissions names; nothing where Meta gave neither.</summary>
    private IEnumerable<string> MissingScopes(TokenInspection inspection)
    {
        string[] granular = [.. inspection.GranularScopes.Select(scope => scope.Scope).Where(name => name.Length > 0)];
        return inspection.Scopes is null && granular.Length == 0
            ? []
            : options.CurrentValue.EffectiveScopes.Except([.. inspection.Scopes ?? [], .. granular], StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Targets of these two permissions are WABAs; those of all others may be anything.</summary>
    private static WabaId[] NamedWabas(TokenInspection inspection) =>
    [
        .. inspection.GranularScopes
            .Where(scope => scope.Scope.ToUpperInvariant() is "WHATSAPP_BUSINESS_MANAGEMENT" or "WHATSAPP_BUSINESS_MESSAGING")
            .SelectMany(scope => scope.TargetIds)
            .Where(target => WabaId.TryParse(target, out _))
            .Select(WabaId.Parse)
            .Distinct(),
    ];

    private async Task<StepResult<FoundWabas>> SearchAsync(AccessToken token, CancellationToken deadline)
    {
        var businesses = await graph.ReadAllAsync(after => LoginCalls.ListBusinesses(token, after), deadline).ConfigureAwait(false);
        if (!businesses.Succeeded)
            return Failure(businesses.Error);

        var found = new ConcurrentBag<GraphResult<IReadOnlyList<GraphWaba>>[]>();
        await Parallel.ForEachAsync(
            businesses.Value,
            new ParallelOptions { MaxDegreeOfParallelism = BusinessesAtOnce },
            async (business, _) => found.Add(await Task.WhenAll(
                graph.ReadAllAsync(after => LoginCalls.ListOwnedWabas(token, business.Id, after), deadline),
                graph.ReadAllAsync(after => LoginCalls.ListClientWabas(token, business.Id, after), deadline)).ConfigureAwait(false))).ConfigureAwait(false);
        var listings = found.SelectMany(pair => pair).ToArray();

        // A portfolio may refuse one of its two lists and answer the other. What stayed unknown must not pass for none, and stops nothing that was found.
        var unknown = listings.FirstOrDefault(listing => listing.Error is { ShowsNothing: false })?.Error;
        var missed = unknown is not null ? MetaErrors.StableOf(unknown)
            : businesses.IsCutShort || listings.Any(listing => listing.IsCutShort) ? ErrorCodes.MetaUnreadable
            : null;
        WabaId[] wabas = [.. listings.Where(listing => listing.Succeeded).SelectMany(listing => listing.Value!).Select(waba => waba.Id).Distinct()];
        if (wabas.Length > 0)
            return new StepResult<FoundWabas>(new FoundWabas(wabas, missed));
        if (unknown is null && missed is not null)
            return new StepResult<FoundWabas>(missed);
        return (unknown ?? listings.FirstOrDefault(listing => !listing.Succeeded)?.Error) is { } failed ? Failure(failed) : new StepResult<FoundWabas>(ErrorCodes.NoWaba);
    }

    /// <summary>A plain no, without a reason of its own, means that there is nothing to find.</summary>
    private static StepResult<FoundWabas> Failure(GraphError error) => new(
        MetaErrors.StableOf(error) is var code and not (ErrorCodes.TokenInvalid or ErrorCodes.PermissionMissing or ErrorCodes.MetaNotFound or ErrorCodes.MetaRefused)
            ? code
            : ErrorCodes.NoWaba,
        error);
}

/// <summary>What the person granted, as the token itself proves it.</summary>
/// <param name="Token">The fresh token.</param>
/// <param name="Life">When it ends.</param>
/// <param name="IsToExtend">Whether it is a person's token that ends within a day, or nobody knows when.</param>
/// <param name="GrantedBy">Whose token it is when it is a person's: a keyed hash (<see cref="PhoneNumber.GrantedBy"/>).</param>
/// <param name="Wabas">The WABAs that the token names, newest first; empty when it names none.</param>
/// <param name="InspectedAt">When Meta said so.</param>
/// <param name="Findings">What was noticed.</param>
internal sealed record Grant(
    AccessToken Token,
    TokenLife Life,
    bool IsToExtend,
    string? GrantedBy,
    IReadOnlyList<WabaId> Wabas,
    DateTimeOffset InspectedAt,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>With the life of the token that is kept, and what is to be noticed about it.</summary>
    public Grant WithLife(TokenLife life, DateTimeOffset now)
    {
        var code = life.IsUnknown ? Finding.TokenLifeUnknown : life.IsShort(now) ? Finding.TokenShortLived : null;
        return this with { Life = life, Findings = code is null ? Findings : [.. Findings, new Finding { Code = code, At = now }] };
    }
}

/// <summary>The WABAs that a token opens.</summary>
/// <param name="Wabas">Those that were found.</param>
/// <param name="Missed">The stable code of why a portfolio could not be searched, so that there may be more; null when all were.</param>
internal sealed record FoundWabas(IReadOnlyList<WabaId> Wabas, string? Missed = null);
