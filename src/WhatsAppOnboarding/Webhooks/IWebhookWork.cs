using System.Security.Cryptography;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Works on deliveries that an <see cref="IWebhookIntake"/> took: routes them, lets the authority follow what Meta says, runs the handlers. A singleton.
/// </summary>
/// <remarks>
/// Hand deliveries over in order of arrival; those of one number are worked in that order, as far as failures allow, and lanes take turns. What takes long, or belongs to an
/// account that has enough going on, keeps no other waiting. How many wait here is for the intake to bound, best for each <see cref="TakenDelivery.Lane"/>.
/// </remarks>
public interface IWebhookWork
{
    /// <summary>
    /// Works what is still to be done of a part of a delivery, made by <see cref="TakenDelivery.Split"/>. Answers when this go is over; then its body is not looked at any more, unless a handler that does not
    /// end still does. Never throws for what a handler, Meta or a store does.
    /// </summary>
    /// <param name="delivery">The part.</param>
    /// <param name="cancellationToken">The node stops: what has not begun is not begun.</param>
    Task<WorkResult> WorkAsync(TakenDelivery delivery, CancellationToken cancellationToken = default);
}

/// <summary>What came of a go at a delivery.</summary>
public enum WorkResult
{
    /// <summary>Every item of it is finished, parked, or nobody's: it is to be removed.</summary>
    Done,

    /// <summary>A handler failed, a store or Meta was not reached, or a connect that it waits for is running: again after <see cref="WebhookRepeats.After"/>.</summary>
    Failed,

    /// <summary>Enough is going on for the account that it belongs to, or the node stops: again, and not counted as a failure.</summary>
    Postponed,
}

/// <summary>When what failed is worked again.</summary>
public static class WebhookRepeats
{
    /// <summary>The distances after one failure, two in a row and so on; the last one from then on.</summary>
    public static IReadOnlyList<TimeSpan> Distances { get; } =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1),
    ];

    /// <summary>How long a delivery is repeated that no store or handler ever answers for: as long as Meta itself would bring it again.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>How long to wait after so many failures in a row: one of <see cref="Distances"/>, a fifth more or less.</summary>
    public static TimeSpan After(int failures) =>
        Distances[Math.Clamp(failures, 1, Distances.Count) - 1] * (RandomNumberGenerator.GetInt32(80, 121) / 100.0);
}
