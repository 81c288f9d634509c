using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Tests.Setup;

namespace WhatsAppOnboarding.Tests.Promises;

public sealed class P09EvidenceTests
{
    [Fact]
    public async Task A_number_that_is_gone_from_a_whole_listing_becomes_inactive_and_loses_its_token()
    {
        await using var host = await TheHost.StartAsync();
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "Stays");
        var gone = waba.AddNumber("+1 631-555-0101", "Goes");
        await host.ConnectAsync("acme");
        gone.Remove();

        await host.ConnectAsync("acme");

        var number = (await host.ReadAsync("acme")).Numbers.Single(number => number.PhoneNumberId.ToString() == gone.Id);
        number.State.ShouldBe(NumberState.Inactive);
        number.DisconnectReason.ShouldBe("gone_at_meta");
        number.Token.ShouldBeNull();
        host.Events.Account.Where(told => told.Kind is AccountEvent.Disconnected).ShouldHaveSingleItem().Reason.ShouldBe("gone_at_meta");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_listing_that_was_cut_short_makes_no_number_inactive(int pagesBefore)
    {
        await using var host = await TheHost.StartAsync(Impatient, new MetaEmulatorOptions { MaxPageSize = 1 });
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        waba.AddNumber("+1 631-555-0101", "Two");
        await host.ConnectAsync("acme");
        var before = await host.ReadAsync("acme");
        var page = 0;
        host.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Reset(), int.MaxValue, _ => page++ >= pagesBefore);
        using var browser = await host.OpenBrowserAsync("acme");

        (await browser.ConnectAsync()).ShouldBe("/onboarding/whatsapp?error=meta_unreachable");

        var after = await host.ReadAsync("acme");
        after.Reference.ShouldBe(before.Reference);
        after.Numbers.ShouldAllBe(number => number.IsHeld);
        waba.IsAppSubscribed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_grant_without_an_earlier_waba_leaves_its_numbers_and_marks_them_check()
    {
        await using var host = await TheHost.StartAsync();
        var business = host.Meta.World.AddBusiness("Lucky Shrub");
        var first = business.AddWaba("First");
        first.AddNumber("+1 631-555-0100", "One");
        var second = business.AddWaba("Second");
        second.AddNumber("+1 631-555-0101", "Two");
        await host.ConnectAsync("acme", first);

        await host.ConnectAsync("acme", second);

        var left = (await host.ReadAsync("acme")).Numbers.Single(number => number.WabaId.ToString() == first.Id);
        left.IsHeld.ShouldBeTrue();
        left.Findings.ShouldHaveSingleItem().Code.ShouldBe(Finding.Check);
    }

    [Fact]
    public async Task A_missing_permission_name_is_a_finding_and_no_failure()
    {
        await using var host = await TheHost.StartAsync(setup => setup["Scopes:0"] = "whatsapp_business_management");
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().Findings.ShouldBeEmpty();

        await using var strict = await TheHost.StartAsync(setup =>
        {
            setup["Scopes:0"] = "whatsapp_business_management";
            setup["Scopes:1"] = "whatsapp_business_manage_events";
        });
        strict.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await strict.ConnectAsync("acme");
        (await strict.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().Findings.ShouldHaveSingleItem().Subject.ShouldBe("whatsapp_business_manage_events");
    }

    [Fact]
    public async Task A_number_that_meta_calls_registered_nowhere_is_not_called_connected()
    {
        await using var host = await TheHost.StartAsync();
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber(
            "+1 631-555-0100", "One", made => (made.Status, made.PlatformType) = ("BANNED", "NOT_APPLICABLE"));
        using var browser = await host.OpenBrowserAsync("acme");
        (await browser.ConnectAsync()).ShouldBe("/dashboard?whatsapp=incomplete");

        var status = await browser.StatusAsync();
        status.GetProperty("connected").GetBoolean().ShouldBeFalse();
        status.GetRawText().ShouldContain("status_banned");

        (number.Status, number.PlatformType) = ("CONNECTED", "SOMETHING_NEW");
        await host.ConnectAsync("acme");
        (await browser.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_number_with_an_open_step_that_it_needs_is_not_called_connected()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 133015));
        await number.ConnectAsync();

        // Now all else that is known of it speaks for it.
        number.AtMeta.PlatformType = "";
        await number.ConnectAsync();
        (await number.OpenAsync()).ShouldBe(["register: number_just_deleted"]);
        (await number.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeFalse();

        number.AtMeta.PlatformType = "NOT_APPLICABLE";
        number.Faults.Clear();
        (await number.StepAsync("register")).ShouldBe("ok");
        (await number.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_number_that_meta_calls_connected_is_connected_whatever_platform_it_names()
    {
        await using var host = await TheHost.StartAsync();
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One", made => made.PlatformType = "NOT_APPLICABLE");
        await host.ConnectAsync("acme");
        using var browser = await host.OpenBrowserAsync("acme");

        var status = await browser.StatusAsync();
        status.GetProperty("connected").GetBoolean().ShouldBeTrue();
        status.GetRawText().ShouldNotContain("not_registered");
    }

    [Fact]
    public async Task A_short_lived_token_of_a_person_is_extended_beside_the_listing()
    {
        await using var host = await TheHost.StartAsync(metaOptions: new MetaEmulatorOptions { TokenKind = EmulatedTokenKind.User, Latency = TimeSpan.FromMilliseconds(250) });
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");

        await host.ConnectAsync("acme");

        host.Meta.Calls.Of(GraphOperations.ExtendToken).Count.ShouldBe(1);
        host.Meta.Calls.LongestChain().ShouldBeLessThanOrEqualTo(3);
        (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().TokenExpiresAt!.Value.ShouldBeGreaterThan(TimeProvider.System.GetUtcNow().AddDays(30));
    }

    [Fact]
    public async Task Where_the_token_names_no_waba_the_portfolios_are_asked()
    {
        await using var host = await TheHost.StartAsync(metaOptions: new MetaEmulatorOptions
        {
            TokenKind = EmulatedTokenKind.User,
            NameTargets = false,
            Latency = TimeSpan.FromMilliseconds(250),
            Scopes = ["whatsapp_business_management", "whatsapp_business_messaging", "business_management"],
        }, configure: setup =>
        {
            setup["Scopes:0"] = "whatsapp_business_management";
            setup["Scopes:1"] = "whatsapp_business_messaging";
            setup["Scopes:2"] = "business_management";
        });
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        host.Meta.World.AddBusiness("Second").AddWaba("Other").AddNumber("+1 631-555-0101", "Two");

        await host.ConnectAsync("acme");

        (await host.ReadAsync("acme")).Numbers.Count.ShouldBe(2);
        host.Meta.Calls.LongestChain().ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public async Task Where_no_waba_can_be_found_the_outcome_says_so()
    {
        await using var host = await TheHost.StartAsync(metaOptions: new MetaEmulatorOptions { NameTargets = false });
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var browser = await host.OpenBrowserAsync("acme");

        (await browser.ConnectAsync()).ShouldBe("/onboarding/whatsapp?error=no_waba");
    }

    private static void Impatient(HostSetup setup) => setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0);
}
