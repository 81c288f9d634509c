using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Connect;

/// <summary>Where the host wants the person to be asked which of several numbers to connect: seals what was granted until the answer comes.</summary>
internal sealed class NumberQuestion(WaitingGrantProtection protection, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time)
{
    // Housekeeping wipes what is over every five minutes, so that no token waits longer than half an hour.
    public static readonly TimeSpan AnswerTime = TimeSpan.FromMinutes(25);

    /// <summary>The question as the attempt's outcome; null when there is nothing to ask.</summary>
    public ConnectResult? Ask(ConnectRun run, ListedGrant listed) =>
        options.CurrentValue.NumberChoice is NumberChoice.Ask && listed.Shown.Skip(1).Any()
            ? new ConnectResult(ConnectOutcomes.Choose)
            {
                WaitingGrant = protection.Seal(Waiting(listed), run.Attempt),
                WaitsUntil = time.GetUtcNow() + AnswerTime,
            }
            : null;

    public static ListedGrant Answered(WaitingGrant waiting, IEnumerable<PhoneNumberId> chosen) => new(
        new Grant(AccessToken.Parse(waiting.Token), waiting.ExpiresAt, IsShortLived: false, waiting.GrantedBy, [.. waiting.Wabas.Select(waba => waba.Id)], waiting.InspectedAt, waiting.Findings),
        [.. waiting.Wabas.Select(waba => new ListedWaba(waba.Id, new(waba.Numbers), null))],
        waiting.ListedAt)
    {
        Chosen = chosen.ToHashSet(),
        SaysCoexistence = waiting.SaysCoexistence,
    };

    private static WaitingGrant Waiting(ListedGrant listed) => new(
        listed.Grant.Token.Reveal(),
        listed.Grant.ExpiresAt,
        listed.Grant.InspectedAt,
        listed.ListedAt,
        listed.Grant.Findings,
        [.. listed.Wabas.Select(waba => new WaitingWaba(waba.Id, waba.Numbers.Value ?? []))],
        listed.SaysCoexistence,
        listed.Grant.GrantedBy);
}
