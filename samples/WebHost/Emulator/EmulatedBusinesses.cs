using WhatsAppOnboarding.Testing;

namespace WebHost.Emulator;

/// <summary>The businesses that a visitor of the emulated Meta administers.</summary>
internal static class EmulatedBusinesses
{
    /// <summary>The same ids at every start: the emulated Meta forgets what it granted, and connecting again then finds the same numbers.</summary>
    public static void Add(MetaWorld world)
    {
        var luckyShrub = world.AddBusiness("Lucky Shrub", "100000000000001");
        luckyShrub.AddWaba("Lucky Shrub", "200000000000001").AddNumber("+1 631-555-0100", "Lucky Shrub", "300000000000001");

        var support = luckyShrub.AddWaba("Lucky Shrub Support", "200000000000002");
        support.AddNumber("+1 631-555-0101", "Lucky Shrub Support", "300000000000002");
        support.AddNumber("+1 631-555-0102", "Lucky Shrub Deliveries", "300000000000003");
    }
}
