using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Endurance.Framework;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>What is there in the end, against what is to be there.</summary>
internal sealed class ChaosCount
{
    /// <summary>Items that were to be handled, or parked.</summary>
    public int Items { get; private set; }

    /// <summary>Items without an effect that should have one.</summary>
    public int Lost { get; private set; }

    /// <summary>Effects too many.</summary>
    public int Doubled { get; private set; }

    /// <summary>Items that nobody can handle.</summary>
    public int Hopeless { get; private set; }

    /// <summary>Hopeless items that are not parked.</summary>
    public int NotParked { get; private set; }

    /// <summary>Other items that are.</summary>
    public int WronglyParked { get; private set; }

    /// <summary>Of what was sent one after the other: how often an effect comes after one of a later delivery.</summary>
    public ChaosOrder Order { get; private set; } = new(0, 0);

    /// <summary>What still waits in the inbox.</summary>
    public int Left { get; private set; }

    public static async Task<ChaosCount> ReadAsync(string database, IEnumerable<ChaosItem> items, IReadOnlyList<ChaosDelivery> inOrder)
    {
        await using var context = EnduranceContext.Open(database);
        var effects = await context.Effects.AsNoTracking().OrderBy(effect => effect.Id).ToListAsync();
        var parked = (await context.Set<WebhookItemRow>().Where(row => row.ParkedAt != null).Select(row => row.Item).ToListAsync()).ToHashSet();
        var count = new ChaosCount { Left = await LeftAsync(context) };
        var effectsOf = effects.CountBy(effect => effect.Key).ToDictionary();
        foreach (var item in items)
            count.Add(item.Fate, effectsOf.GetValueOrDefault(item.Key), parked.Contains(item.Key));
        var failed = await context.Set<WebhookItemRow>().Where(row => row.Failures > 0).Select(row => row.Item).ToListAsync();
        count.Order = ChaosOrder.Of(inOrder, effects, failed.ToHashSet());
        return count;
    }

    /// <summary>What waits in the inbox.</summary>
    public static Task<int> LeftAsync(EnduranceContext context) => context.Set<InboxRow>().CountAsync();

    /// <summary>How many items have an effect or are parked.</summary>
    public static async Task<int> EndedAsync(EnduranceContext context) =>
        await context.Effects.CountAsync() + await context.Set<WebhookItemRow>().CountAsync(row => row.ParkedAt != null);

    private void Add(Fate fate, int effects, bool isParked)
    {
        Items++;
        if (fate is Fate.Parked)
        {
            Hopeless++;
            NotParked += isParked ? 0 : 1;
            Doubled += effects;
            return;
        }

        WronglyParked += isParked && fate is Fate.Handled ? 1 : 0;
        var ends = effects + (isParked && fate is Fate.Either ? 1 : 0);
        Lost += ends == 0 ? 1 : 0;
        Doubled += Math.Max(0, ends - 1);
    }
}
