using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>A WABA that the app is subscribed to.</summary>
/// <param name="Override">What became of the address of its own; null when it has none.</param>
internal sealed record SubscribedWaba(StepResult<GraphDone>? Override);

/// <summary>What a subscription changes in a number, whether or not it succeeded.</summary>
internal static class SubscribedNumber
{
    /// <summary>What it leaves to be done. An override that failed is a step of its own, for the subscription stands.</summary>
    public static OpenStep[] LeftOpen(this StepResult<SubscribedWaba> subscribed, DateTimeOffset at) => subscribed switch
    {
        { Succeeded: false } => [subscribed.ToOpenStep(StepNames.Subscribe, at)],
        { Value.Override: { Succeeded: false } left } => [left.ToOpenStep(StepNames.Override, at)],
        _ => [],
    };

    public static PhoneNumber With(this PhoneNumber number, StepResult<SubscribedWaba> subscribed, DateTimeOffset at)
    {
        var now = subscribed.Succeeded ? number.Subscribed(at) : number;
        return subscribed.LeftOpen(at).Aggregate(now, (changed, open) => changed.WithOpenStep(open));
    }
}
