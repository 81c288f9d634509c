using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Tests.Stores;

/// <summary>Each rule of the consistency check, broken behind the library's back.</summary>
public class ConsistencyTests
{
    [Fact]
    public async Task What_the_library_wrote_breaks_no_rule()
    {
        await using var host = await StartAsync();

        (await CheckAsync(host, await ConnectAsync(host))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("number_rule", """UPDATE "WhatsAppPhoneNumbers" SET "Token" = NULL""")]
    [InlineData("sequence_wrong", """UPDATE "WhatsAppAccounts" SET "ConnectSequence" = 0""")]
    [InlineData("not_subscribed", """UPDATE "WhatsAppPhoneNumbers" SET "SubscribedAt" = NULL""")]
    [InlineData("token_kept_too_long", """
        UPDATE "WhatsAppPhoneNumbers" SET "State" = 'Inactive', "DisconnectedAt" = '2026-03-04 05:06:07', "DisconnectReason" = 'requested', "TokenKeptUntil" = '2026-03-11 05:06:07';
        UPDATE "WhatsAppAccounts" SET "WabaId" = NULL;
        UPDATE "Accounts" SET "WabaId" = NULL
        """)]
    [InlineData("reference_wrong", """UPDATE "WhatsAppAccounts" SET "WabaId" = '901'; UPDATE "Accounts" SET "WabaId" = '901'""")]
    [InlineData("copy_wrong", """UPDATE "Accounts" SET "WabaId" = '901'""")]
    [InlineData("copy_missing", """DELETE FROM "Accounts" """)]
    public async Task A_rule_that_does_not_hold_is_named(string code, string sql)
    {
        await using var host = await StartAsync();
        var account = await ConnectAsync(host);

        await host.WithContextAsync(context => context.Database.ExecuteSqlRawAsync(sql));

        (await CheckAsync(host, account)).ShouldBe([code]);
    }

    [Fact]
    public async Task A_number_that_two_accounts_hold_is_named_where_the_policy_forbids_it()
    {
        await using var host = await StartAsync(HostKind.Refusing);
        var (account, _) = (await ConnectAsync(host), await ConnectAsync(host, "2"));

        await host.WithContextAsync(context => context.Database.ExecuteSqlRawAsync("""UPDATE "WhatsAppPhoneNumbers" SET "PhoneNumberId" = '1'"""));

        (await CheckAsync(host, account)).ShouldBe(["number_taken"]);
    }

    private static Task<TestHost> StartAsync(HostKind kind = HostKind.Plain) => TestHost.StartAsync(DatabaseKind.Sqlite, kind);

    private static async Task<AccountId> ConnectAsync(TestHost host, string number = "1")
    {
        var account = await host.CreateAccountAsync();
        await host.WithStoreAsync(store => store.WriteAsync(
            account, _ => [SomeNumber.Connected(account, number) with { Evidence = new NumberEvidence { SubscribedAt = SomeNumber.Now } }]));
        return account;
    }

    private static async Task<string[]> CheckAsync(TestHost host, AccountId account) =>
        [.. (await host.Services.GetRequiredService<ConsistencyCheck>().CheckAsync(account, TestContext.Current.CancellationToken)).Select(violation => violation.Code)];
}
