using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Promises;

public sealed class P01OneAuthorityTests
{
    [Fact]
    public async Task The_token_comes_back_only_for_the_account_and_number_that_it_was_sealed_for()
    {
        await using var host = await TheHost.StartAsync();
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var first = waba.AddNumber("+1 631-555-0100", "One");
        var second = waba.AddNumber("+1 631-555-0101", "Two");
        await host.ConnectAsync("acme");

        (await TokenAsync(host, "acme", first.Id)).Token!.Reveal().ShouldBe(host.Meta.World.IssuedTokens[^1].Value);
        (await TokenAsync(host, "other", first.Id)).Code.ShouldBe(ErrorCodes.NotConnected);

        await SwapTokensAsync(host, first.Id, second.Id);
        (await TokenAsync(host, "acme", first.Id)).Code.ShouldBe(ErrorCodes.TokenUnreadable);

        await host.ConnectAsync("acme");
        await host.ConnectAsync("birch");
        var stolen = (await host.ReadAsync("acme")).Find(PhoneNumberId.Parse(first.Id))!.Token;
        await host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(
            AccountId.Parse("birch"), account => [account.Find(PhoneNumberId.Parse(first.Id))! with { Token = stolen }]));
        (await TokenAsync(host, "birch", first.Id)).Code.ShouldBe(ErrorCodes.TokenUnreadable);
    }

    [Fact]
    public async Task A_token_that_has_ended_is_not_handed_out()
    {
        await using var host = await TheHost.StartAsync(metaOptions: new MetaEmulatorOptions { TokenLifetime = TimeSpan.FromDays(60) });
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        await host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(
            AccountId.Parse("acme"), account => [account.Numbers[0] with { TokenExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(-1) }]));

        (await TokenAsync(host, "acme", number.Id)).Code.ShouldBe(ErrorCodes.TokenUnreadable);
        using var browser = await host.OpenBrowserAsync("acme");
        (await browser.StatusAsync()).GetRawText().ShouldContain("reconnect_needed");
    }

    [Fact]
    public async Task A_token_that_cannot_be_read_is_a_state_and_stays_where_it_is()
    {
        await using var host = await TheHost.StartAsync();
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var first = waba.AddNumber("+1 631-555-0100", "One");
        var second = waba.AddNumber("+1 631-555-0101", "Two");
        await host.ConnectAsync("acme");
        await SwapTokensAsync(host, first.Id, second.Id);
        var before = await host.ReadAsync("acme");

        using var browser = await host.OpenBrowserAsync("acme");
        var status = await browser.StatusAsync();

        status.GetProperty("connected").GetBoolean().ShouldBeFalse();
        status.GetProperty("phoneNumbers")[0].GetProperty("state").GetString().ShouldBe("reconnect_needed");
        var after = await host.ReadAsync("acme");
        after.Reference.ShouldBe(before.Reference);
        after.Numbers.ShouldAllBe(number => number.Token != null);

        await host.ConnectAsync("acme");
        (await browser.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeTrue();
    }

    private static Task<PhoneNumberToken> TokenAsync(TheHost host, string account, string number) =>
        host.UseAsync<IWhatsAppAccounts, PhoneNumberToken>(accounts => accounts.GetTokenAsync(AccountId.Parse(account), PhoneNumberId.Parse(number)));

    private static Task<PhoneNumberWrite> SwapTokensAsync(TheHost host, string first, string second) =>
        host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(AccountId.Parse("acme"), account =>
        {
            var one = account.Find(PhoneNumberId.Parse(first))!;
            var two = account.Find(PhoneNumberId.Parse(second))!;
            return [one with { Token = two.Token }, two with { Token = one.Token }];
        }));
}
