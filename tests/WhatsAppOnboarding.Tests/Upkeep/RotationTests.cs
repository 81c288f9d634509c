using Microsoft.Extensions.Configuration;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>What hangs on a secret follows when the secret is exchanged.</summary>
public sealed class RotationTests
{
    [Fact]
    public async Task Who_granted_a_token_is_hashed_under_the_newer_app_secret_within_two_days()
    {
        await using var accounts = await TheAccounts.StartAsync();
        accounts.Options.TokenKind = EmulatedTokenKind.User;
        var (kept, forgotten) = (await accounts.ConnectAsync("acme", accounts.AddWaba()), await accounts.ConnectAsync("globex", accounts.AddWaba()));
        await accounts.Host.UseAsync<NumberAuthority, bool>(async numbers =>
        {
            await numbers.WriteAsync(AccountId.Parse("globex"), read => [.. read.Numbers.Select(number => number.WithoutGrantor())], CancellationToken.None);
            return true;
        });

        var (before, now) = (accounts.Meta.AppSecret, accounts.Meta.ResetAppSecret());
        foreach (var (key, value) in new[] { ("PreviousAppSecret", before), ("PreviousAppSecretUntil", "2100-01-01T00:00:00Z"), ("AppSecret", now) })
            accounts.Host.App.Configuration["WhatsAppOnboarding:" + key] = value;
        ((IConfigurationRoot)accounts.Host.App.Configuration).Reload();
        await accounts.PassAsync(days: 2.25);

        (await GrantorOfAsync(accounts, "acme")).ShouldBe(GrantorHash.Of(kept.UserId, now));
        (await GrantorOfAsync(accounts, "globex")).ShouldBeNull("who asked to be forgotten is not remembered again");
        forgotten.UserId.ShouldNotBe(kept.UserId);
    }

    [Fact]
    public async Task An_account_that_holds_nothing_but_a_PIN_is_looked_at_every_week_for_the_key_that_seals_it()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        (waba.Numbers[0].Status, waba.Numbers[0].PlatformType) = ("PENDING", "NOT_APPLICABLE");
        await accounts.ConnectAsync("acme", waba);
        await accounts.Host.DisconnectAsync("acme");
        var left = accounts.Now;
        accounts.Meta.Calls.Clear();

        await accounts.PassAsync(days: 15);

        var read = await accounts.Host.ReadAsync("acme");
        var number = read.Numbers.Single();
        number.Pins.ShouldHaveSingleItem();
        number.Evidence.SealsCheckedAt.ShouldNotBeNull().ShouldBeInRange(left.AddDays(14), left.AddDays(14).AddMinutes(2));
        read.Reference.DueAt.ShouldBe(number.Evidence.SealsCheckedAt + TimeSpan.FromDays(7));
        accounts.Meta.Calls.All.ShouldBeEmpty();
    }

    private static async Task<string?> GrantorOfAsync(TheAccounts accounts, string account) => (await accounts.Host.ReadAsync(account)).Numbers.Single().GrantedBy;
}
