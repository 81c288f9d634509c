using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Setup;

/// <summary>
/// How long a token is good for, by all that Meta said of it: the shortest life that is known counts. What Meta did not say is never read as <i>never</i>.
/// </summary>
/// <remarks>Source: https://developers.facebook.com/docs/facebook-login/guides/access-tokens</remarks>
internal sealed record TokenLife
{
    private static readonly TimeSpan Short = TimeSpan.FromDays(1);

    /// <summary>When the token itself ends; null for never, or not said.</summary>
    public DateTimeOffset? Ends { get; private init; }

    /// <summary>Whether Meta said that the token itself never ends.</summary>
    public bool IsEndless { get; private init; }

    /// <summary>When the person's data may no longer be read with it, though the token itself goes on; null for never, or not said.</summary>
    public DateTimeOffset? DataEnds { get; private init; }

    /// <summary>Whether Meta said all there is to say about data: for a token of a system user there is nothing.</summary>
    public bool IsDataTold { get; private init; }

    /// <summary>When it is of no use any more; null for never, and where that is not known.</summary>
    public DateTimeOffset? UsableUntil => Ends is null || DataEnds < Ends ? DataEnds : Ends;

    /// <summary>Whether Meta left out when the token ends, or of one that never ends, whether the person's data does.</summary>
    public bool IsUnknown => Ends is null && !(IsEndless && (IsDataTold || DataEnds is not null));

    /// <summary>Whether it ends within a day.</summary>
    public bool IsShort(DateTimeOffset now) => UsableUntil < now + Short;

    /// <summary>By the inspection of a token.</summary>
    public static TokenLife Of(TokenInspection inspection, bool isPersons) => new()
    {
        Ends = inspection.ExpiresAt,
        IsEndless = inspection is { SaysWhenItEnds: true, ExpiresAt: null },
        DataEnds = inspection.DataAccessExpiresAt,
        IsDataTold = !isPersons || inspection.SaysWhenDataEnds,
    };

    /// <summary>Where Meta does not say now when it ends, what was known before holds.</summary>
    public TokenLife OrElse(DateTimeOffset? known) => Ends is null && IsUnknown ? this with { Ends = known } : this;

    /// <summary>A life that was weighed before.</summary>
    public static TokenLife Until(DateTimeOffset? end) => new() { Ends = end, IsEndless = end is null, IsDataTold = true };

    /// <summary>With what the answer said that issued this very token: the shorter of both counts.</summary>
    public TokenLife AtMost(IssuedToken issued, DateTimeOffset now) =>
        issued.ExpiresIn is { } life && !(Ends <= now + life) ? this with { Ends = now + life, IsEndless = false } : this;

    /// <summary>The life of the token that this one was exchanged for, as far as that answer says it; the person is the same.</summary>
    public TokenLife Renewed(IssuedToken issued, DateTimeOffset now) => this with { Ends = now + issued.ExpiresIn, IsEndless = false };
}
