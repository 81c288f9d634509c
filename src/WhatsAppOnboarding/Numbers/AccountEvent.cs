using System.Text.Json;
using System.Text.Json.Serialization;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding;

/// <summary>Something that happened to an account: to its numbers, to an attempt to connect or to a link. Kept in the same commit as what it reports, so that it is never lost, and handed to the host at least once.</summary>
/// <remarks>The library makes them; a host makes one only to test a handler of its own. Later versions may add members, none of them required.</remarks>
public sealed record AccountEvent
{
    /// <summary>Numbers were connected that were not held before.</summary>
    public const string Connected = "connected";

    /// <summary>Numbers that were held were connected again, with a new token.</summary>
    public const string Reconnected = "reconnected";

    /// <summary>Numbers became inactive; <see cref="Reason"/> says why.</summary>
    public const string Disconnected = "disconnected";

    /// <summary>Sending with numbers stopped, because of what Meta said (<see cref="Notice"/>). They are still held, and still receive.</summary>
    public const string Paused = "paused";

    /// <summary>A pause is over; <see cref="Notice"/> is what ended it: what Meta said, or what turned out not to be so.</summary>
    public const string Resumed = "resumed";

    /// <summary>
    /// Meta said something of numbers that was noted (<see cref="Notice"/>); what else it changed is an event of its own. It comes again, with
    /// <see cref="MetaNotice.Undone"/>, when that turns out not to be so.
    /// </summary>
    public const string Noticed = "noticed";

    /// <summary>A number of the account is held by another account, too. With whom it is shared is never said.</summary>
    public const string NumberShared = "number_shared";

    /// <summary>A person read the PIN that is kept for a number; or is about to, because this is written first. <see cref="Person"/> is who.</summary>
    public const string PinRead = "pin_read";

    /// <summary>
    /// A step at Meta was begun for a number (<see cref="Step"/>), by a person or by the library; or is about to be, because this is written first. What came of it shows the
    /// status. A PIN or code that was entered with it is never part of this.
    /// </summary>
    public const string StepRun = "step_run";

    /// <summary>
    /// Something keeps numbers that are held from being used, or soon will: <see cref="Reason"/> says what, such as <see cref="ErrorCodes.TokenInvalid"/>; the status
    /// has it in words. Or numbers were disconnected, and the app could not be unsubscribed (<c>still_subscribed</c>). Reported once for each reason, until
    /// <see cref="WellAgain"/>.
    /// </summary>
    public const string NeedsAttention = "needs_attention";

    /// <summary>What <see cref="Reason"/> says is over, for numbers that are still held.</summary>
    public const string WellAgain = "well_again";

    /// <summary>The token of numbers ends: <see cref="Reason"/> says how soon (14, 7 and 1 days before), <see cref="EndsAt"/> when.</summary>
    public const string TokenEnding = "token_ending";

    /// <summary>
    /// An attempt to connect that nobody finished. <see cref="Reason"/> is <c>went_silent</c> (the page gave no sign for three minutes while Meta's window was open), <c>unanswered</c> (nothing
    /// came back from Meta before the state ended), <c>interrupted</c> (it died with its process, and what it had begun at Meta is undone) or <c>still_subscribed</c> (that could not be
    /// undone). Names no number. An attempt that went silent may come back yet: then <see cref="Connected"/> follows.
    /// </summary>
    public const string AttemptAbandoned = "attempt_abandoned";

    /// <summary>A setup or reconnect link was made. <see cref="Reason"/> is its id, <see cref="Person"/> who made it. Names no number.</summary>
    public const string LinkCreated = "link_created";

    /// <summary>A setup or reconnect link connected numbers, of which other events tell. <see cref="Reason"/> is its id, <see cref="Person"/> whom it was made for. Names no number.</summary>
    public const string LinkUsed = "link_used";

    /// <summary>A setup or reconnect link was taken back. <see cref="Reason"/> is its id, <see cref="Person"/> who did it. Names no number.</summary>
    public const string LinkRevoked = "link_revoked";

    /// <summary>Random; the same whenever the event is handed over again.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What happened: one of the constants of this type. Later versions may add some, so let a <c>switch</c> have a default.</summary>
    public required string Kind { get; init; }

    /// <summary>Whose numbers.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Which numbers; empty only for <see cref="AttemptAbandoned"/> and what is told of links. Exactly one for <see cref="PinRead"/> and <see cref="StepRun"/>.</summary>
    public required IReadOnlyList<PhoneNumberId> Numbers { get; init; }

    /// <summary>For <see cref="Disconnected"/>: why, such as <c>requested</c> or <c>gone_at_meta</c>; for <see cref="NeedsAttention"/>, <see cref="WellAgain"/> and <see cref="TokenEnding"/>: what it is about; for <see cref="AttemptAbandoned"/>: what became of it; of links: the link's id. Else null.</summary>
    public string? Reason { get; init; }

    /// <summary>For <see cref="Disconnected"/>: who caused it at Meta, if Meta said: <c>USER</c> or <c>SYSTEM</c>. Else null.</summary>
    public string? Initiator { get; init; }

    /// <summary>For <see cref="Paused"/>, <see cref="Resumed"/> and <see cref="Noticed"/>: what Meta said. Else null.</summary>
    public MetaNotice? Notice { get; init; }

    /// <summary>For <see cref="StepRun"/>: which one of <see cref="StepNames"/>. Else null.</summary>
    public string? Step { get; init; }

    /// <summary>
    /// What caused it: <c>account</c> (a route of the account's, or the host's own code for it), <c>meta</c> (what Meta told), <c>operator</c> (whoever runs the host),
    /// <c>link</c> (whoever used a setup or reconnect link) or <c>upkeep</c> (the library by itself, or another account's doing that shows here). Null only for an event of before this was noted. Later versions may add words.
    /// </summary>
    public string? Origin { get; init; }

    /// <summary>
    /// Who caused it, as the host names the person: by <see cref="WhatsAppOnboardingOptions.PersonClaimType"/> on the account's routes, by <see cref="By"/> in the host's own
    /// code. Of what a link did, whom it was made for. Null when the host did not say, and where it was nobody of the account.
    /// </summary>
    public string? Person { get; init; }

    /// <summary>For <see cref="TokenEnding"/>: when the token ends. Else null.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>
    /// Names the person who causes what the host's own code does, until what is returned is disposed of: what it tells accounts meanwhile, in this flow of calls, has it as
    /// <see cref="Person"/>. The account's routes do it by themselves.
    /// </summary>
    /// <param name="person">As the host knows the person later, best by an id: it is kept as long as the event.</param>
    public static IDisposable By(string person)
    {
        ArgumentException.ThrowIfNullOrEmpty(person);
        return Actor.Enter(null, person: person);
    }

    /// <summary>The event as JSON, for whoever keeps it or hands it on: the members of this type in camel case; what is null is left out.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, AccountEventJson.Default.AccountEvent);

    /// <summary>An event out of <see cref="ToJson"/>.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static AccountEvent Parse(string json) => JsonSerializer.Deserialize(json, AccountEventJson.Default.AccountEvent) ?? throw new JsonException("An account event is an object.");

    /// <summary>The event with who or what causes it now.</summary>
    internal AccountEvent Caused()
    {
        var actor = Actor.Now is { } now && (now.For == AccountId || (now.For is null && now.Origin is not Actor.Account)) ? now : null;
        return this with { Origin = Origin ?? actor?.Origin ?? Actor.Upkeep, Person = Person ?? (actor?.For is null ? null : actor.Person) };
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(AccountEvent))]
internal sealed partial class AccountEventJson : JsonSerializerContext;
