using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Promises;

public sealed class P03OneWritePointTests
{
    [Fact]
    public async Task All_numbers_of_all_granted_wabas_are_saved_in_one_write_with_at_most_three_calls_in_a_row()
    {
        await using var host = await TheHost.StartAsync(metaOptions: new MetaEmulatorOptions { Latency = TimeSpan.FromMilliseconds(250) });
        var business = host.Meta.World.AddBusiness("Lucky Shrub");
        business.AddWaba("Small").AddNumber("+1 631-555-0100", "One");
        var large = business.AddWaba("Large");
        for (var i = 0; i < 60; i++)
            large.AddNumber($"+1 631-555-1{i:000}", $"Number {i}");

        await host.ConnectAsync("acme");

        var account = await host.ReadAsync("acme");
        account.Numbers.Count.ShouldBe(61);
        account.Reference.Version.ShouldBe(1);
        host.Meta.Calls.LongestChain().ShouldBeLessThanOrEqualTo(3);
        business.Wabas.ShouldAllBe(waba => waba.IsAppSubscribed);
    }

    [Fact]
    public async Task A_save_that_fails_leaves_nothing_behind_and_takes_the_subscription_back()
    {
        var copies = new HostCopies { Fails = true };
        await using var host = await TheHost.StartAsync(copies.AddTo);
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        using var browser = await host.OpenBrowserAsync("acme");

        (await browser.ConnectAsync()).ShouldBe("/onboarding/whatsapp?error=save_failed");

        (await host.ReadAsync("acme")).Numbers.ShouldBeEmpty();
        waba.IsAppSubscribed.ShouldBeFalse();

        copies.Fails = false;
        (await browser.ConnectAsync()).ShouldBe("/dashboard?whatsapp=connected");
    }

    [Fact]
    public async Task Numbers_beyond_the_first_page_are_saved_too()
    {
        await using var host = await TheHost.StartAsync(metaOptions: new MetaEmulatorOptions { MaxPageSize = 7 });
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Large");
        for (var i = 0; i < 30; i++)
            waba.AddNumber($"+1 631-555-1{i:000}", $"Number {i}");

        await host.ConnectAsync("acme");

        (await host.ReadAsync("acme")).Numbers.Count.ShouldBe(30);
    }
}
