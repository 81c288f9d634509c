using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.Endurance.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>Delivers to a host whose handlers fail at random and which is killed several times, and counts what is there in the end.</summary>
internal sealed class ChaosRun(string database)
{
    private const int MessagesEach = 2;
    private const int EveryHowManyPoison = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Items that were to be handled.</summary>
    public int Items { get; private set; }

    /// <summary>Items without an effect.</summary>
    public int Lost { get; private set; }

    /// <summary>Effects too many.</summary>
    public int Doubled { get; private set; }

    /// <summary>Items that nobody can handle.</summary>
    public int Poison { get; private set; }

    /// <summary>How many of them are parked in the end; their effects count as doubled.</summary>
    public int Parked { get; private set; }

    /// <summary>Deliveries that were answered 200.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Posts that this took.</summary>
    public long Tries { get; private set; }

    public async Task RunAsync(int deliveries, int kills)
    {
        await using (var context = NewContext())
            await context.Database.EnsureCreatedAsync();

        ReadOnlyMemory<byte>[] posts = [.. Enumerable.Range(0, deliveries).Select(Delivery)];
        using var host = new HostProcess(ChaosHost.Command, database);
        await host.StartAsync();
        using var patience = new CancellationTokenSource(Patience);
        var sender = new MetaSender(host, posts);
        var sending = sender.RunAsync(patience.Token);
        for (var kill = 1; kill <= kills; kill++)
        {
            // In the middle of the work, wherever that is on this machine.
            while (sender.Acknowledged < deliveries * kill / (kills + 1) && !sending.IsCompleted)
                await Task.Delay(10);
            host.Kill();
            await host.StartAsync();
        }

        await sending;
        host.Kill();
        (Acknowledged, Tries) = (sender.Acknowledged, sender.Tries);
        await CountAsync(deliveries);
    }

    private static bool IsPoison(int delivery) => delivery % EveryHowManyPoison == EveryHowManyPoison - 1;

    /// <summary>One tenant's delivery; in some the first message is poison and the rest is not.</summary>
    private static ReadOnlyMemory<byte> Delivery(int delivery)
    {
        var tenant = delivery % ChaosHost.Tenants;
        return Post.Signed(Bodies.Messages(MessagesEach, $"{delivery}-", ChaosHost.NumberOf(tenant), ChaosHost.WabaOf(tenant), IsPoison(delivery) ? ChaosHandler.Poison : null));
    }

    private async Task CountAsync(int deliveries)
    {
        await using var context = NewContext();
        var effects = await context.Effects.AsNoTracking().GroupBy(effect => effect.Key).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count);
        foreach (var (key, poison) in Enumerable.Range(0, deliveries).SelectMany(KeysOf))
        {
            var count = effects.GetValueOrDefault(key);
            if (poison)
                (Poison, Doubled) = (Poison + 1, Doubled + count);
            else
                (Items, Lost, Doubled) = (Items + 1, Lost + (count == 0 ? 1 : 0), Doubled + Math.Max(0, count - 1));
        }

        Parked = await context.Database.SqlQuery<int>($"""SELECT CAST(COUNT(*) AS INTEGER) AS "Value" FROM "WhatsAppWebhookItems" WHERE "ParkedAt" IS NOT NULL""").SingleAsync();
    }

    private static IEnumerable<(string Key, bool Poison)> KeysOf(int delivery) =>
        Enumerable.Range(0, MessagesEach).Select(index => ($"message:{ChaosHost.NumberOf(delivery % ChaosHost.Tenants)}:" + Bodies.MessageId($"{delivery}-", index), IsPoison(delivery) && index == 0));

    private EnduranceContext NewContext()
    {
        var options = new DbContextOptionsBuilder<EnduranceContext>();
        EnduranceContext.Use(options, database);
        return new EnduranceContext(options.Options);
    }
}
