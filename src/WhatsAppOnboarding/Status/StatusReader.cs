using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Status;

/// <summary>What an account may know of its numbers, read from the authority now: how they stand, and a token to send with.</summary>
internal sealed class StatusReader(
    NumberAuthority numbers, MetaCalls budget, NumberSealing protection, WhatsAppWords words, IOptionsMonitor<WhatsAppOnboardingOptions> options,
    TimeProvider time)
{
    private readonly StatusTexts _texts = new(words);
    private readonly ReadinessTexts _readiness = new(words, new StatusTexts(words));

    public async Task<OnboardingStatus> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        var read = await numbers.ReadAsync(account, cancellationToken).ConfigureAwait(false);
        PhoneNumberId[] held = [.. read.Numbers.Where(number => number.IsHeld).Select(number => number.PhoneNumberId)];
        var holders = held.Length == 0 ? [] : await numbers.FindHeldAsync(held, cancellationToken).ConfigureAwait(false);
        var shared = holders.Where(number => number.AccountId != account).Select(number => number.PhoneNumberId).ToHashSet();

        var now = time.GetUtcNow();
        var registrations = await budget.ReadAsync(Ids(ShowsRegistration), StepTable.Register, now, cancellationToken).ConfigureAwait(false);
        var codes = await budget.ReadAsync(Ids(number => number.IsHeld && number.IsOpen(StepNames.Verify)), StepTable.RequestCode, now, cancellationToken).ConfigureAwait(false);
        PhoneNumberView[] views =
        [
            .. read.Numbers
                .OrderByDescending(number => number.IsHeld)
                .ThenByDescending(number => number.ConnectSequence)
                .ThenBy(number => number.GrantOrder)
                .Select(number => View(number, shared.Contains(number.PhoneNumberId), step => BudgetOf(number, step))),
        ];
        return new OnboardingStatus { Connected = views.Any(view => view.Connected), WabaId = read.Reference.WabaId?.ToString(), PhoneNumbers = views };

        PhoneNumberId[] Ids(Func<PhoneNumber, bool> which) => [.. read.Numbers.Where(which).Select(number => number.PhoneNumberId)];

        StepBudget? BudgetOf(PhoneNumber number, string step) => StepTable.RationOf(step)?.Name switch
        {
            StepNames.Register => registrations.GetValueOrDefault(number.PhoneNumberId),
            StepNames.RequestCode => codes.GetValueOrDefault(number.PhoneNumberId),
            _ => null,
        };
    }

    /// <summary>All that the account must do now and soon.</summary>
    public async Task<IReadOnlyList<AttentionItem>> ReadAttentionAsync(AccountId account, IEnumerable<OpenChoice> choices, CancellationToken cancellationToken) =>
        new Attention(words, options.CurrentValue.Paths.Onboarding, time.GetUtcNow()).Of(await ReadAsync(account, cancellationToken).ConfigureAwait(false), choices);

    public async Task<PhoneNumberToken> GetTokenAsync(AccountId account, PhoneNumberId number, CancellationToken cancellationToken)
    {
        return await numbers.FindAsync(account, number, cancellationToken).ConfigureAwait(false) switch
        {
            null or { IsHeld: false } => new PhoneNumberToken(ErrorCodes.NotConnected),
            { Evidence.IsRefused: true } => new PhoneNumberToken(ErrorCodes.TokenInvalid),
            { UnprovedSince: not null } => new PhoneNumberToken(ErrorCodes.UnprovedSinceRestore),
            { State: NumberState.Paused } => new PhoneNumberToken(ErrorCodes.NumberPaused),
            var held => protection.OpenUsable(held) is { } token ? new PhoneNumberToken(token) : new PhoneNumberToken(ErrorCodes.TokenUnreadable),
        };
    }

    private PhoneNumberView View(PhoneNumber number, bool shared, Func<string, StepBudget?> budgetOf)
    {
        var now = time.GetUtcNow();
        NumberReason[] reasons = [.. NumberReasons.Of(number, now, Known)];
        var state = StateOf(number, reasons);
        var connected = state == "active" && !reasons.Any(reason => reason.Ends);
        var (message, action) = state == "active" && !connected && number.OpenSteps.Count == 0
            ? _readiness.Say(Array.Find(reasons, reason => reason.Ends)!, number)
            : _texts.Of(number, state, connected);
        var view = new PhoneNumberView
        {
            Id = number.PhoneNumberId.ToString(),
            PhoneNumberId = number.PhoneNumberId.ToString(),
            WabaId = number.WabaId.ToString(),
            DisplayPhone = number.DisplayPhone,
            VerifiedName = number.VerifiedName,
            NameStatus = number.NameStatus,
            NewDisplayName = number.NewDisplayName,
            NewNameStatus = number.NewNameStatus,
            IsActive = number.IsHeld,
            State = state,
            Message = message,
            Action = action,
            Connected = connected,
            QualityRating = number.QualityRating.IsKnown ? number.QualityRating.ToString() : "unknown",
            MetaStatus = number.Status.ToString(),
            Shared = shared,
            VerifiedAt = number.ConnectedAt,
            CreatedAt = number.CreatedAt,
            DisconnectedAt = number.DisconnectedAt,
            DisconnectReason = number.DisconnectReason,
            DisconnectInitiator = number.DisconnectInitiator,
            TokenExpiresAt = number.TokenExpiresAt,
            Evidence = number.Evidence,
            PinStored = number.Pins.Count > 0,
            Registration = budgetOf(StepNames.Register),
            Coexistence = CoexistenceOf(number),
            OpenSteps = [.. number.OpenSteps.Where(step => number.IsHeld || step.Step is StepNames.Unsubscribe or StepNames.Deregister)
                .Select(step => _texts.InWords(step, budgetOf(step.Step)) with { NextTryAt = NumberSchedule.NextTryOf(number, step) })],
            Findings = [.. number.Findings.Where(finding => finding.Code != Finding.SharedProofStale).Select(_texts.InWords), .. _texts.OfState(number, state, shared, reasons, now)],
            Notices = [.. number.Notices.OrderByDescending(notice => notice.At).Select(_texts.InWords)],
        };
        return _readiness.With(view, number, reasons, options.CurrentValue.Paths.Onboarding, now);

        // What the keys of this node and the other holders' numbers say, and the options, the table does not know.
        bool? Known(string code) => code switch
        {
            ErrorCodes.TokenUnreadable when !(number.TokenExpiresAt <= now) && protection.OpenUsable(number) is null => true,
            Finding.SharedProofStale => shared && IsProofStale(number),
            _ => null,
        };
    }

    private static string StateOf(PhoneNumber number, NumberReason[] reasons) => number.State switch
    {
        NumberState.Inactive => "inactive",
        _ when Array.Exists(reasons, reason => reason.IsOfToken) => "reconnect_needed",
        NumberState.Paused => "paused",
        _ => "active",
    };

    private static bool? CoexistenceOf(PhoneNumber number) => number switch
    {
        { IsOnBizApp: false } => false,
        { IsOnBizApp: true } when number.PlatformType == PlatformType.CloudApi => true,
        _ => null,
    };

    /// <summary>Meta's limit is one for all holders: who holds the number no more reads nothing of what others use of it.</summary>
    private static bool ShowsRegistration(PhoneNumber number) =>
        number.IsHeld && (number.Pins.Count > 0 || number.IsOpen(StepNames.Register) || number.IsOpen(StepNames.Verify));

    private bool IsProofStale(PhoneNumber number) =>
        number.Evidence.IsRefused || !(number.Evidence.ListedAt >= time.GetUtcNow() - options.CurrentValue.SharedProofLifetime);
}

/// <summary><c>GET …/status</c>: what the signed-in account may know of its connection.</summary>
internal static class StatusEndpoint
{
    public static async Task AnswerAsync(StatusReader status, AccountId account, HttpContext context) => await context.Response.WriteAsJsonAsync(
        await status.ReadAsync(account, context.RequestAborted).ConfigureAwait(false), StatusJson.Default.OnboardingStatus, cancellationToken: context.RequestAborted).ConfigureAwait(false);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OnboardingStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;
