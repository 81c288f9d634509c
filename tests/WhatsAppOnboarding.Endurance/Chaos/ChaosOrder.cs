using WhatsAppOnboarding.Endurance.Framework;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>Whether effects came in the order in which deliveries were sent.</summary>
/// <param name="Broken">How often one came after that of a later delivery.</param>
/// <param name="Excused">How often for a reason: its delivery failed, because the database or the machine stood still for longer than it may take, or was so slow that its number's turn was given up.</param>
internal sealed record ChaosOrder(int Broken, int Excused)
{
    /// <summary>The library gives up a number's turn after five seconds; what it measures began a little before.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(4.9);

    /// <param name="sent">In their order.</param>
    /// <param name="effects">In the order in which they came.</param>
    /// <param name="failed">The items that have failed.</param>
    public static ChaosOrder Of(IReadOnlyList<ChaosDelivery> sent, IEnumerable<Effect> effects, IReadOnlySet<string> failed)
    {
        var deliveryOf = sent.Index().SelectMany(one => one.Item.Items.Select(item => (item.Key, one.Index))).ToDictionary(one => one.Key, one => one.Index);
        var came = effects.Where(effect => deliveryOf.ContainsKey(effect.Key)).Select(effect => (Delivery: deliveryOf[effect.Key], effect.BeganAt)).ToList();
        var beganAt = came.GroupBy(effect => effect.Delivery).ToDictionary(delivery => delivery.Key, delivery => delivery.Min(effect => effect.BeganAt));
        var late = came.Zip(came.Skip(1), (one, next) => (one.Delivery, Late: next.Delivery)).Where(pair => pair.Late < pair.Delivery).ToList();
        var excused = late.Count(pair => sent[pair.Late].Items.Any(item => failed.Contains(item.Key)) || beganAt[pair.Delivery] - beganAt[pair.Late] >= Turn.Ticks);
        return new ChaosOrder(late.Count - excused, excused);
    }
}
