using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.EfCore.Tests.Stores;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Tests.References;

public class AccountCopyTests
{
    [Fact]
    public async Task Every_row_of_the_account_gets_the_copy_and_no_other()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite, HostKind.Identity);
        await host.WithContextAsync(context =>
        {
            context.AddRange(User("one", "acme"), User("two", "acme"), User("three", "other"));
            return context.SaveChangesAsync();
        });

        await ConnectAsync(host, AccountId.Parse("acme"));

        var copies = await host.WithContextAsync(context => context.Set<HostUser>().ToDictionaryAsync(user => user.UserName!, user => user.WabaId));
        copies.ShouldBe(new Dictionary<string, string?> { ["one"] = "900", ["two"] = "900", ["three"] = null }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_copy_that_went_wrong_is_put_right_by_the_next_write()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        var account = await host.CreateAccountAsync();
        await ConnectAsync(host, account);
        await host.WithContextAsync(context => context.Set<TextAccount>().ExecuteUpdateAsync(set => set.SetProperty(row => row.WabaId, "1")));

        await ConnectAsync(host, account);

        (await CopiesAsync(host, account)).ShouldBe([WabaId.Parse("900")]);
    }

    [Fact]
    public async Task A_copy_is_written_even_when_it_looked_right_a_moment_ago()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite, more: builder => builder.Services.AddScoped<IAccountWabaReferenceSync, Meddler>());
        var account = await host.CreateAccountAsync();
        await ConnectAsync(host, account);

        await ConnectAsync(host, account);

        (await host.WithContextAsync(context => context.Set<TextAccount>().SingleAsync())).WabaId.ShouldBe("900");
    }

    [Theory]
    [InlineData(HostKind.Plain, "nobody", "has no row of TextAccount")]
    [InlineData(HostKind.Filtered, "not-a-guid", "is no Guid")]
    [InlineData(HostKind.Pooled, "07", "is no Int32")]
    [InlineData(HostKind.Schema, "+7", "is no Int64")]
    public async Task An_account_without_a_row_fails_the_whole_write_and_names_account_claim_and_cure(HostKind kind, string text, string reason)
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite, kind);
        var account = AccountId.Parse(text);

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => ConnectAsync(host, account));

        failure.Message.ShouldContain($"'{text}'");
        failure.Message.ShouldContain(reason);
        failure.Message.ShouldContain("claim 'account_id'");
        (await host.WithStoreAsync(store => store.ReadAsync(account))).Reference.Version.ShouldBe(0);
        (await CopiesAsync(host, account)).ShouldBeEmpty();
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task A_user_whose_concurrency_stamp_moves_all_the_time_does_not_fail_the_write(DatabaseKind database)
    {
        await using var host = await TestHost.StartAsync(database, HostKind.Identity);
        var account = await host.CreateAccountAsync();
        using var stop = new CancellationTokenSource();
        var bumping = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await host.WithContextAsync(context => context.Set<HostUser>().ExecuteUpdateAsync(set => set.SetProperty(user => user.ConcurrencyStamp, Guid.NewGuid().ToString())));
                await Task.Delay(2);
            }
        });

        for (var connect = 0; connect < 15; connect++)
            await ConnectAsync(host, account);
        await stop.CancelAsync();
        await bumping;

        (await host.WithStoreAsync(store => store.ReadAsync(account))).Reference.Version.ShouldBe(15);
    }

    [Fact]
    public async Task Saying_it_twice_stages_one_copy()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite, more: builder =>
            builder.SyncAccountReference<TextAccount>(row => row.Id, row => row.WabaId).AddEntityFrameworkStores<PlainContext>());

        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetServices<IAccountWabaReferenceSync>().Count().ShouldBe(1);
        await ConnectAsync(host, await host.CreateAccountAsync());
    }

    [Fact]
    public void Only_properties_of_the_account_itself_can_be_named()
    {
        var builder = HostServices.Create().AddWhatsAppOnboarding(HostServices.Configuration());

        var failure = Should.Throw<ArgumentException>(() => builder.SyncAccountReference<TextAccount>(row => row.Id.Trim(), row => row.WabaId));

        failure.Message.ShouldContain("account => account.WabaId");
    }

    private static HostUser User(string name, string account) => new() { UserName = name, AccountId = account };

    private static Task<PhoneNumberWrite> ConnectAsync(TestHost host, AccountId account) =>
        host.WithStoreAsync(store => store.WriteAsync(account, _ => [SomeNumber.Connected(account, "1")]));

    private static async Task<IReadOnlyList<WabaId?>> CopiesAsync(TestHost host, AccountId account)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IAccountWabaReferenceSync>().ReadCopiesAsync(account);
    }

    /// <summary>Comes after the copy was read and staged, and changes it in the table.</summary>
    private sealed class Meddler(IServiceScopeFactory scopes) : IAccountWabaReferenceSync
    {
        public async Task StageAsync(AccountWabaReference reference, CancellationToken cancellationToken)
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<PlainContext>().Accounts
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.WabaId, "1"), cancellationToken);
        }

        public Task<IReadOnlyList<WabaId?>> ReadCopiesAsync(AccountId account, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<WabaId?>>([]);
    }
}
