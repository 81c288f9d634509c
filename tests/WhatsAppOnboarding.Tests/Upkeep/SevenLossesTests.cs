using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>Seven accounts connect, then each loses something at Meta, and 61 days pass.</summary>
public sealed class SevenLossesTests
{
    [Fact]
    public async Task No_dead_connection_counts_as_connected_and_each_loss_was_told()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var revoked = await AddAsync(accounts, "revoked");
        var unsubscribed = await AddAsync(accounts, "unsubscribed");
        var removed = await AddAsync(accounts, "removed");
        var unshared = await AddAsync(accounts, "unshared");
        var deregistered = await AddAsync(accounts, "deregistered");
        accounts.Options.TokenLifetime = TimeSpan.FromDays(60);
        await AddAsync(accounts, "extended");
        var (_, ending) = await AddAsync(accounts, "ending");
        accounts.Calls.NotExtended[ending.UserId] = true;

        revoked.Token.Revoke();
        unsubscribed.Number.Waba.IsAppSubscribed = false;
        removed.Number.Remove();
        Loss.Find("unshared WABA").Lose(unshared.Number, unshared.Token);
        deregistered.Number.Deregister();
        deregistered.Number.QualityRating = "RED";
        await accounts.PassAsync(TheAccounts.Turn);
        var firstTurn = accounts.Host.Events.Account.Count;
        await accounts.PassAsync(days: 61);

        var told = new Dictionary<string, string[]>
        {
            ["revoked"] = ["needs_attention token_invalid"],
            ["unsubscribed"] = ["needs_attention not_subscribed", "well_again not_subscribed"],
            ["removed"] = ["disconnected gone_at_meta"],
            ["unshared"] = ["needs_attention token_invalid"],
            ["deregistered"] = ["needs_attention not_registered", "needs_attention quality_low"],
            ["extended"] = [],
            ["ending"] = ["token_ending token_ends_in_14_days", "token_ending token_ends_in_7_days", "token_ending token_ends_in_1_day", "needs_attention token_ended"],
        };
        foreach (var (account, events) in told)
            accounts.Told(account).ShouldBe(events, account);
        (accounts.Host.Events.Account.Count - firstTurn).ShouldBe(4, "all but the end of a token was told within the first turn");
        foreach (var account in told.Keys)
            (await accounts.StatusAsync(account)).Connected.ShouldBe(account is "unsubscribed" or "extended", account);

        var reference = await accounts.Host.UseAsync<IWhatsAppAccounts, PhoneNumberToken>(one => one.GetTokenAsync(AccountId.Parse("revoked"), PhoneNumberId.Parse(revoked.Number.Id)));
        (reference.Token, reference.Code).ShouldBe((null, ErrorCodes.TokenInvalid));
    }

    private static async Task<(EmulatedNumber Number, EmulatedToken Token)> AddAsync(TheAccounts accounts, string account)
    {
        var waba = accounts.AddWaba();
        return (waba.Numbers[0], await accounts.ConnectAsync(account, waba));
    }
}
