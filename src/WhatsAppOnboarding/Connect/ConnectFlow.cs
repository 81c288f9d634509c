using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// The story of an attempt, top to bottom: exchange the code, inspect the token, list every number and subscribe at the same time,
/// save all of it in one commit, look again and finish the numbers. At most three calls to Meta wait for each other when the token names
/// its WABAs, and two when the browser named them before; what follows the save is not counted. What comes before: <see cref="StateBinding"/> lets
/// the request in, <see cref="ConnectAttempts"/> makes it an attempt, and <see cref="AttemptRunner"/> lets one request claim and run it.
/// </summary>
internal sealed class ConnectFlow(
    GrantReading reading, GrantListing listing, WaitingGrants waitingGrants, GrantSaving saving, GrantAftermath aftermath,
    IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time)
{
    public async Task<ConnectResult> RunAsync(ConnectRun run, GrantedCode code)
    {
        if (code.Hints.Event is { } told)
            run.Journal.Note(new AttemptStep { Step = StepNames.Signup, EndedAt = time.GetUtcNow(), Milliseconds = 0, Result = "ok", Detail = told });

        var issued = await reading.ExchangeAsync(run, code).ConfigureAwait(false);
        if (!issued.Succeeded)
            return new ConnectResult(issued.Code);
        var before = await saving.ReadBeforeAsync(run).ConfigureAwait(false);

        var choice = options.CurrentValue.NumberChoice;
        var listingEarly = listing.RunAsync(run, issued.Value.Token, code.Hints.Wabas, subscribes: choice is not NumberChoice.Ask && !code.OnlyExpected);
        var grant = await reading.InspectAsync(run, issued.Value).ConfigureAwait(false);
        var early = await listingEarly.ConfigureAwait(false);
        if (!grant.Succeeded)
            return await aftermath.UndoAsync(run, issued.Value.Token, early, grant.Code).ConfigureAwait(false);

        var found = await reading.DiscoverAsync(run, grant.Value, early).ConfigureAwait(false);
        if (!found.Succeeded)
            return await aftermath.UndoAsync(run, issued.Value.Token, early, found.Code).ConfigureAwait(false);

        var (wabas, missed) = found.Value;
        var wanted = choice is NumberChoice.Chosen && early.Count > 0 ? [] : wabas.Except(code.Hints.Wabas).ToArray();
        var whole = !code.OnlyExpected && (choice is NumberChoice.All || (choice is NumberChoice.Chosen && wabas.Count == 1 && missed is null));
        var listedAt = time.GetUtcNow();
        var extending = reading.ExtendAsync(run, grant.Value);
        var rest = await listing.RunAsync(run, grant.Value.Token, wanted, subscribes: whole).ConfigureAwait(false);
        var shown = early.Concat(rest).ToDictionary(waba => waba.Id);
        var listed = new ListedGrant(await extending.ConfigureAwait(false), [.. wabas.Where(shown.ContainsKey).Select(waba => shown[waba])], listedAt)
        {
            Missed = missed,
            Since = before?.Reference.ConnectSequence ?? 0,
            SaysCoexistence = code.Hints.SayCoexistence,
        };

        listed = await listing.AwaitNamedAsync(run, listed, code.Hints, before).ConfigureAwait(false);
        var named = choice is NumberChoice.Chosen ? listed.Named(code.Hints) : listed;
        if (named.FailureOf(code) is { } failure)
            return await aftermath.UndoAsync(run, listed.Grant.Token, listed.Wabas, failure).ConfigureAwait(false);

        if (code is { OnlyExpected: true, Expect: { } expected })
            return await ConnectAsync(run, Only(named, expected)).ConfigureAwait(false);
        return await waitingGrants.AskAsync(run, named, code).ConfigureAwait(false) ?? await ConnectAsync(run, named).ConfigureAwait(false);
    }

    /// <summary>The expected number and nothing else; what the grant shows besides stays as it is.</summary>
    private static ListedGrant Only(ListedGrant listed, string expected)
    {
        var meant = listed.Shown.Where(pair => ExpectedNumber.Matches(pair.Number, expected)).ToArray();
        return listed with
        {
            Scope = GrantScope.Named,
            Wabas = [.. listed.Wabas.Where(waba => meant.Any(pair => pair.Waba.Id == waba.Id))],
            ToConnect = meant.Select(pair => pair.Number.Id).ToHashSet(),
        };
    }

    /// <summary>The rest of the story, at once or after a choice.</summary>
    public async Task<ConnectResult> ConnectAsync(ConnectRun run, ListedGrant listed)
    {
        var wanted = await listing.SubscribeAsync(run, listed).ConfigureAwait(false);
        var saved = await saving.RunAsync(run, wanted).ConfigureAwait(false);
        if (!saved.Succeeded)
            return await aftermath.UndoAsync(run, wanted.Grant.Token, wanted.Wabas, saved.Code).ConfigureAwait(false);

        return await aftermath.RunAsync(run, wanted, saved.Value).ConfigureAwait(false);
    }
}

/// <summary>What all steps of one attempt share.</summary>
/// <param name="Attempt">The claimed attempt.</param>
/// <param name="Journal">Where the steps are written down.</param>
/// <param name="Deadline">Ends the calls to Meta well before other requests would take the attempt for broken off.</param>
internal sealed record ConnectRun(ConnectAttempt Attempt, AttemptJournal Journal, CancellationToken Deadline)
{
    public AccountId Account => Attempt.AccountId;

    public override string ToString() => $"attempt {Attempt.Id}";
}

/// <summary>A code as it came back, and all that came with it.</summary>
/// <param name="Code">To exchange; used once.</param>
/// <param name="RedirectUri">The redirect URI of the dialog, to the letter; null for a code of the popup.</param>
/// <param name="Hints">What the browser said; nothing of it counts until the token proves it.</param>
/// <param name="Expect">The number that must be among those granted; null for any.</param>
/// <param name="OnlyExpected">Whether nothing but that number may be connected.</param>
internal sealed record GrantedCode(string Code, Uri? RedirectUri, ConnectHints Hints, string? Expect, bool OnlyExpected = false)
{
    public override string ToString() => "[code]";
}

/// <summary>The one outcome of an attempt.</summary>
/// <param name="Code">One of the outcomes of <see cref="AttemptView"/>, or a code of the error catalogue.</param>
/// <param name="PhoneCount">How many numbers it connected.</param>
/// <param name="Write">The write that saved them; null when nothing was saved.</param>
internal sealed record ConnectResult(string Code, int PhoneCount = 0, PhoneNumberWrite? Write = null)
{
    /// <summary>With <see cref="AttemptView.Choose"/>: what can be chosen.</summary>
    public SealedSecret? WaitingGrant { get; init; }

    /// <summary>With <see cref="AttemptView.Choose"/>: until when.</summary>
    public DateTimeOffset? WaitsUntil { get; init; }
}

/// <summary>How a request to finish an attempt ended.</summary>
/// <param name="Code">One of the outcomes of <see cref="AttemptView"/>, or a code of the error catalogue.</param>
/// <param name="Attempt">The attempt, unless none was claimed.</param>
/// <param name="RetryAfter">How long to wait, when there were too many.</param>
internal sealed record ConnectEnd(string Code, ConnectAttempt? Attempt = null, TimeSpan? RetryAfter = null)
{
    /// <summary>The account's numbers after a good end, read once for all who asked for it.</summary>
    public Lazy<Task<AccountPhoneNumbers>>? Numbers { get; init; }
}
