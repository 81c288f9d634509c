using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Promises;

public sealed class P02DerivedReferenceTests
{
    [Fact]
    public async Task The_reference_follows_the_most_recent_connect_and_falls_back_when_that_ends()
    {
        await using var host = await TheHost.StartAsync();
        var business = host.Meta.World.AddBusiness("Lucky Shrub");
        var older = business.AddWaba("Older");
        older.AddNumber("+1 631-555-0100", "One");
        var newer = business.AddWaba("Newer");
        newer.AddNumber("+1 631-555-0101", "Two");

        await host.ConnectAsync("acme", older);
        (await ReferenceAsync(host)).ShouldBe(older.Id);

        await host.ConnectAsync("acme", newer);
        (await ReferenceAsync(host)).ShouldBe(newer.Id);

        await host.DisconnectAsync("acme", new DisconnectScope { WabaId = WabaId.Parse(newer.Id) });
        (await ReferenceAsync(host)).ShouldBe(older.Id);

        await host.DisconnectAsync("acme");
        (await ReferenceAsync(host)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_one_grant_the_first_waba_in_metas_order_counts()
    {
        await using var host = await TheHost.StartAsync();
        var business = host.Meta.World.AddBusiness("Lucky Shrub");
        var older = business.AddWaba("Older");
        older.AddNumber("+1 631-555-0100", "One");
        var newer = business.AddWaba("Newer");
        newer.AddNumber("+1 631-555-0101", "Two");

        await host.ConnectAsync("acme");

        // Meta names the most recently onboarded WABA first.
        (await ReferenceAsync(host)).ShouldBe(newer.Id);
    }

    [Fact]
    public async Task The_check_lists_a_host_copy_that_is_not_the_derived_one()
    {
        var copies = new HostCopies();
        await using var host = await TheHost.StartAsync(setup => copies.AddTo(setup));
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        (await CheckAsync(host)).ShouldBeEmpty();

        copies.Of["acme"] = "999";
        (await CheckAsync(host)).ShouldHaveSingleItem().Code.ShouldBe("copy_wrong");

        await host.ConnectAsync("acme");
        (await CheckAsync(host)).ShouldBeEmpty();
    }

    private static async Task<string?> ReferenceAsync(TheHost host) => (await host.ReadAsync("acme")).Reference.WabaId?.ToString();

    private static Task<IReadOnlyList<Finding>> CheckAsync(TheHost host) =>
        host.UseAsync<IWhatsAppOperator, IReadOnlyList<Finding>>(operations => operations.ReconcileAsync(AccountId.Parse("acme"), asksMeta: false));
}
