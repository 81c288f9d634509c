using WhatsAppOnboarding.Endurance.Framework;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>A delivery, and what is to become of its items.</summary>
internal sealed record ChaosDelivery(ReadOnlyMemory<byte> Request, IReadOnlyList<ChaosItem> Items)
{
    private const int MessagesEach = 2;

    /// <summary>So many, the tenants by turns. Of each that has trouble every hundredth delivery has poison in it, and as many an item that hangs.</summary>
    public static ILookup<int, ChaosDelivery> Plan(int deliveries) =>
        Enumerable.Range(0, deliveries).Select(index => (Tenant: index % ChaosTenants.Sent, Turn: index / ChaosTenants.Sent))
            .ToLookup(one => one.Tenant, one => Of(one.Tenant, $"{one.Turn}-", MessagesEach, ChaosTenants.HasTrouble(one.Tenant) ? Trouble(one.Turn) : null));

    /// <summary>A delivery of one message, whatever becomes of it.</summary>
    public static ChaosDelivery Single(int tenant, string id) => Of(tenant, id, 1, null);

    /// <summary>The first of its messages may be one that can never be handled.</summary>
    private static ChaosDelivery Of(int tenant, string id, int messages, string? trouble)
    {
        var (number, waba) = (ChaosTenants.NumberOf(tenant), ChaosTenants.WabaOf(tenant));
        var items = Enumerable.Range(0, messages).Select(index => new ChaosItem(
            KeyPrefix(tenant) + Bodies.MessageId(id, index),
            index == 0 && trouble is not null ? Fate.Parked : ChaosTenants.IsBad(tenant) ? Fate.Either : Fate.Handled));
        return new ChaosDelivery(Post.Signed(Bodies.Messages(messages, id, number, waba, trouble)), [.. items]);
    }

    private static string KeyPrefix(int tenant) => $"message:{ChaosTenants.NumberOf(tenant)}:";

    private static string? Trouble(int turn) => (turn % 200) switch
    {
        5 => ChaosHandler.Hangs,
        15 => ChaosHandler.IsDeaf,
        10 or 110 => ChaosHandler.Poison,
        _ => null,
    };
}

/// <summary>An item by the ledger's key, and its end.</summary>
internal sealed record ChaosItem(string Key, Fate Fate);

/// <summary>What is to become of an item.</summary>
internal enum Fate
{
    /// <summary>Its effect is there, once.</summary>
    Handled,

    /// <summary>It is parked, without an effect.</summary>
    Parked,

    /// <summary>One of both.</summary>
    Either,
}
