using System.Text.Json.Serialization;

namespace WhatsAppOnboarding;

/// <summary>What Meta said of a number or its WABA by itself: the newest of its kind. All words but <see cref="Message"/> and <see cref="Action"/> are Meta's: encode them where they are shown.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update</remarks>
public sealed record MetaNotice
{
    /// <summary>About whether the app may still reach the WABA.</summary>
    public const string AccessKind = "access";

    /// <summary>About whether the number is off Cloud API for a while (coexistence).</summary>
    public const string PauseKind = "pause";

    /// <summary>About whether Meta disabled the WABA, or is about to.</summary>
    public const string BanKind = "ban";

    /// <summary>About a violation of Meta's policies.</summary>
    public const string ViolationKind = "violation";

    /// <summary>About what the WABA may not do for a while.</summary>
    public const string RestrictionKind = "restriction";

    /// <summary>About Meta's review of the WABA.</summary>
    public const string ReviewKind = "review";

    /// <summary>An alert.</summary>
    public const string AlertKind = "alert";

    /// <summary>About how many people the number may write to, and how fast.</summary>
    public const string LimitKind = "limit";

    /// <summary>About the name that customers see.</summary>
    public const string NameKind = "name";

    /// <summary>About what the portfolio may do.</summary>
    public const string CapabilityKind = "capability";

    /// <summary>About the PIN of the number's two-step verification.</summary>
    public const string PinKind = "pin";

    /// <summary>About anything else.</summary>
    public const string OtherKind = "other";

    /// <summary>What it is about: one of the kinds, such as <see cref="BanKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Meta's word for what happened, such as <c>ACCOUNT_OFFBOARDED</c>.</summary>
    public required string Event { get; init; }

    /// <summary>When it happened, as Meta says; when it arrived, if Meta does not.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>In words, where it is shown to people: what it means; it may hold the day of a ban as Meta writes it. Null in a store, which keeps nothing in a language.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }

    /// <summary>In words, alike: what to do next; Meta's own advice is in <see cref="Remediation"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Action { get; init; }

    /// <summary>Whether sending stops because of it, until it is undone or ended.</summary>
    public bool StopsSending { get; init; }

    /// <summary>Whether it turned out not to be so: Meta said that access was lost, and still shows the number to its token; or it is over, as Meta's later answers show, and nothing told that.</summary>
    public bool Undone { get; init; }

    /// <summary>Meta's reason, such as the state of a ban or the type of a violation; null when it gave none.</summary>
    public string? Reason { get; init; }

    /// <summary>Who caused it, if Meta said: <c>USER</c> or <c>SYSTEM</c>.</summary>
    public string? Initiator { get; init; }

    /// <summary>What Meta says in a sentence, of an alert.</summary>
    public string? Description { get; init; }

    /// <summary>What Meta says to do about a violation; each restriction has its own.</summary>
    public string? Remediation { get; init; }

    /// <summary>What the WABA may not do, each with its end; empty for all but restrictions.</summary>
    public IReadOnlyList<AccountRestriction> Restrictions { get; init; } = [];

    /// <summary>When the last of its restrictions ends (UTC); null when there is none, or one has no known end.</summary>
    public DateTimeOffset? EndsAt =>
        Restrictions.Count > 0 && Restrictions.All(restriction => restriction.EndsAt is not null) ? Restrictions.Max(restriction => restriction.EndsAt) : null;

    /// <summary>The day of a ban as Meta writes it, such as <c>April 17, 2025</c>: a text to show, without a zone.</summary>
    public string? BanDate { get; init; }

    /// <summary>How many conversations a day may be begun: a tier such as <c>TIER_2K</c>, or a count.</summary>
    public string? Limit { get; init; }

    /// <summary>How many phone numbers the portfolio may have.</summary>
    public int? MaxNumbersPerBusiness { get; init; }

    /// <summary>How many phone numbers a WABA may have.</summary>
    public int? MaxNumbersPerWaba { get; init; }

    /// <summary>The name that was asked for.</summary>
    public string? Name { get; init; }

    /// <summary>Whether an alert is still on, in Meta's word, such as <c>ACTIVE</c>.</summary>
    public string? AlertStatus { get; init; }

    /// <summary>By value, restrictions included.</summary>
    public bool Equals(MetaNotice? other) =>
        other is not null
        && (Kind, Event, At, StopsSending, Undone, Reason, Initiator) == (other.Kind, other.Event, other.At, other.StopsSending, other.Undone, other.Reason, other.Initiator)
        && (Description, Remediation, BanDate, Limit, Name, AlertStatus) == (other.Description, other.Remediation, other.BanDate, other.Limit, other.Name, other.AlertStatus)
        && (MaxNumbersPerBusiness, MaxNumbersPerWaba, Message, Action) == (other.MaxNumbersPerBusiness, other.MaxNumbersPerWaba, other.Message, other.Action)
        && Restrictions.SequenceEqual(other.Restrictions);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Kind, Event, At);
}

/// <summary>Something that a WABA may not do.</summary>
public sealed record AccountRestriction
{
    /// <summary>Meta's type, such as <c>RESTRICTED_BIZ_INITIATED_MESSAGING</c>; null when Meta did not say.</summary>
    public string? Type { get; init; }

    /// <summary>In words, where it is shown to people: what it means. Null in a store, which keeps nothing in a language.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }

    /// <summary>In words, alike: what to do next.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Action { get; init; }

    /// <summary>When it ends (UTC); null when Meta did not say.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>What Meta says to do about it; null when it says nothing.</summary>
    public string? Remediation { get; init; }
}
