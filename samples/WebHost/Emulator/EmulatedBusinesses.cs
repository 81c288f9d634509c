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

        // For whoever signs up while Lucky Shrub is another account's.
        world.AddBusiness("Blue Harbor", "100000000000003").AddWaba("Blue Harbor", "200000000000007").AddNumber("+1 631-555-0120", "Blue Harbor", "300000000000008");
        AddNumbersToFinish(world.AddBusiness("Green Corner", "100000000000002"));
    }

    /// <summary>Each in a WABA of its own, so that a visitor can take one path at a time.</summary>
    private static void AddNumbersToFinish(EmulatedBusiness business)
    {
        business.AddWaba("Not registered yet", "200000000000003").AddUnregisteredNumber("+1 631-555-0110", "Green Corner", "300000000000004");
        business.AddWaba("Not verified yet", "200000000000004").AddUnverifiedNumber("+1 631-555-0111", "Green Corner Nights", "300000000000005");
        business.AddWaba("With a PIN already", "200000000000005")
            .AddUnregisteredNumber("+1 631-555-0112", "Green Corner Orders", "300000000000006").TwoStepPin = "581063";
        business.AddWaba("On the Business app", "200000000000006").AddCoexistenceNumber("+1 631-555-0113", "Green Corner Market", "300000000000007");
    }
}
