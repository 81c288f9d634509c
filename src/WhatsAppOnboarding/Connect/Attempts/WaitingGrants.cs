using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// Where the person is to be asked what to connect: seals what was granted until the answer comes, for one account and one attempt, so that a ciphertext copied to
/// another row does not open.
/// </summary>
internal sealed class WaitingGrants(
    IDataProtectionProvider provider, NumberAuthority numbers, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time)
{
    // Housekeeping wipes what is over every five minutes, so that no token waits longer than half an hour.
    public static readonly TimeSpan AnswerTime = TimeSpan.FromMinutes(25);

    /// <summary>The question as the attempt's outcome; null when there is nothing to ask.</summary>
    public async Task<ConnectResult?> AskAsync(ConnectRun run, ListedGrant listed, GrantedCode code)
    {
        var asks = options.CurrentValue.NumberChoice switch
        {
            NumberChoice.Ask => listed.Shown.Skip(1).Any(),
            NumberChoice.Chosen when listed.Scope is GrantScope.Whole =>
                listed.Choices.Count > 1 || (listed.HasUnknown && !await HoldsAsync(run.Account, listed.Choices.First()).ConfigureAwait(false)),
            _ => false,
        };
        return asks
            ? new ConnectResult(AttemptView.Choose)
            {
                WaitingGrant = Seal(Waiting(listed, code), run.Attempt),
                WaitsUntil = time.GetUtcNow() + AnswerTime,
            }
            : null;
    }

    /// <param name="waiting">What was granted.</param>
    /// <param name="chosen">What of it is to be connected.</param>
    /// <param name="keepsOthers">Whether connected numbers that were left out stay connected.</param>
    public static ListedGrant Answered(WaitingGrant waiting, IEnumerable<PhoneNumberId> chosen, bool keepsOthers) => new(
        new Grant(AccessToken.Parse(waiting.Token), TokenLife.Until(waiting.ExpiresAt), IsToExtend: false, waiting.GrantedBy, [.. waiting.Wabas.Select(waba => waba.Id)], waiting.InspectedAt, waiting.Findings),
        [.. waiting.Wabas.Select(waba => new ListedWaba(waba.Id, waba.Failure is { } failure ? new(failure) : new(waba.Numbers) { IsCutShort = waba.IsCutShort }, null) { WasHidden = waba.IsHidden })],
        waiting.ListedAt)
    {
        Scope = keepsOthers ? GrantScope.Named : GrantScope.Answered,
        ToConnect = chosen.ToHashSet(),
        Missed = waiting.Missed,
        Since = waiting.Since,
        SaysCoexistence = waiting.SaysCoexistence,
    };

    /// <summary>What waits in the attempt at this time; null when nothing does, its time is over or its keys are gone.</summary>
    public WaitingGrant? Open(ConnectAttempt attempt, DateTimeOffset now)
    {
        if (attempt.WaitingGrant is not { } waiting || attempt.WaitsUntil <= now)
            return null;
        try
        {
            return JsonSerializer.Deserialize(Protector(attempt).Unprotect(waiting.Reveal()), WaitingGrantJson.Default.WaitingGrant);
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>A token that is kept to undo what is begun with it.</summary>
    public SealedSecret SealUndo(AccessToken token, ConnectAttempt attempt) => new(UndoProtector(attempt).Protect(token.Reveal()));

    /// <summary>The token to undo with; null when there is none or its keys are gone.</summary>
    public AccessToken? OpenUndo(ConnectAttempt attempt)
    {
        try
        {
            return attempt.UndoToken is { } kept ? AccessToken.Parse(UndoProtector(attempt).Unprotect(kept.Reveal())) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private SealedSecret Seal(WaitingGrant grant, ConnectAttempt attempt) =>
        new(Protector(attempt).Protect(JsonSerializer.Serialize(grant, WaitingGrantJson.Default.WaitingGrant)));

    /// <summary>Of several WABAs one could not be read and may be the one that the person meant, unless the account has the other one already.</summary>
    private async Task<bool> HoldsAsync(AccountId account, WabaId waba) =>
        (await numbers.ReadAsync(account, CancellationToken.None).ConfigureAwait(false)).Numbers.Any(number => number.IsHeld && number.WabaId == waba);

    private static WaitingGrant Waiting(ListedGrant listed, GrantedCode code) => new(
        listed.Grant.Token.Reveal(),
        listed.Grant.Life.UsableUntil,
        listed.Grant.InspectedAt,
        listed.ListedAt,
        listed.Grant.Findings,
        [.. listed.Wabas.Select(waba => new WaitingWaba(waba.Id, waba.Numbers.Value ?? [], waba.Numbers.Code, waba.IsHidden, waba.Numbers.IsCutShort))],
        listed.SaysCoexistence,
        listed.Grant.GrantedBy)
    {
        Named = listed.Named(code.Hints) is { Scope: GrantScope.Named } named ? [.. named.Numbers.Where(pair => IsNamed(pair.Waba.Id, code.Hints)).Select(pair => pair.Number.Id)] : [],
        Expect = code.Expect,
        Missed = listed.Missed,
        Since = listed.Since,
    };

    private static bool IsNamed(WabaId waba, ConnectHints hints) => hints.Wabas.Count == 0 || hints.Wabas.Contains(waba);

    private IDataProtector Protector(ConnectAttempt attempt) => Protector("waiting-grant.v1", attempt);

    private IDataProtector UndoProtector(ConnectAttempt attempt) => Protector("undo-token.v1", attempt);

    private IDataProtector Protector(string purpose, ConnectAttempt attempt) =>
        provider.CreateProtector("WhatsAppOnboarding", purpose, attempt.AccountId.ToString(), attempt.Id.ToString("N"));
}

/// <summary>
/// What an attempt keeps, sealed, while the person chooses: the token and all that was listed with it. Wiped when a choice is claimed,
/// by housekeeping when its time is over, and with the account.
/// </summary>
internal sealed record WaitingGrant(
    string Token,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset InspectedAt,
    DateTimeOffset ListedAt,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<WaitingWaba> Wabas,
    bool SaysCoexistence,
    string? GrantedBy = null)
{
    /// <summary>The numbers that Meta's window named; empty when it named none.</summary>
    public IReadOnlyList<PhoneNumberId> Named { get; init; } = [];

    /// <summary>The number that must be among those chosen; null for any.</summary>
    public string? Expect { get; init; }

    /// <summary>As <see cref="ListedGrant.Missed"/>.</summary>
    public string? Missed { get; init; }

    /// <summary>As <see cref="ListedGrant.Since"/>.</summary>
    public long Since { get; init; }

    /// <summary>Every number once, in Meta's order.</summary>
    [JsonIgnore]
    public IEnumerable<(WabaId Waba, NumberFacts Number)> Numbers =>
        Wabas.SelectMany(waba => waba.Numbers, (waba, number) => (waba.Id, number)).DistinctBy(pair => pair.number.Id);

    /// <summary>Whether the expected number is among these.</summary>
    public bool IsAsExpected(IReadOnlyCollection<PhoneNumberId> chosen) =>
        Expect is not { } expected || Numbers.Any(pair => chosen.Contains(pair.Number.Id) && ExpectedNumber.Matches(pair.Number, expected));

    public override string ToString() => "[waiting grant]";
}

/// <summary>One WABA and all its numbers, or but for those that could not be read, or the stable code of why none could.</summary>
internal sealed record WaitingWaba(WabaId Id, IReadOnlyList<NumberFacts> Numbers, string? Failure = null, bool IsHidden = false, bool IsCutShort = false);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WaitingGrant))]
internal sealed partial class WaitingGrantJson : JsonSerializerContext;
