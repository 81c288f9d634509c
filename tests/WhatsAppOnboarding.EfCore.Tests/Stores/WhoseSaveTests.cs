using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Tests.Stores;

public class WhoseSaveTests
{
    [Theory, InlineData(HostKind.Plain), InlineData(HostKind.Refusing)]
    public async Task What_the_host_has_pending_in_its_request_is_never_saved(HostKind kind)
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite, kind);
        var account = await host.CreateAccountAsync();
        await using var request = host.Services.CreateAsyncScope();
        DbContext context = kind is HostKind.Plain
            ? request.ServiceProvider.GetRequiredService<PlainContext>()
            : request.ServiceProvider.GetRequiredService<RefusingContext>();
        context.Add(new TextAccount { Id = "pending" });
        (await context.Set<TextAccount>().SingleAsync(row => row.Id == account.ToString())).Name = "pending";

        await request.ServiceProvider.GetRequiredService<NumberAuthority>().WriteAsync(account, _ => [SomeNumber.Connected(account, "1")]);
        await request.ServiceProvider.GetRequiredService<MetaCalls>().RecordReleaseAsync(WabaId.Parse("1"), SomeNumber.Now);

        context.ChangeTracker.Entries().Count().ShouldBe(2);
        var stored = await host.WithContextAsync(fresh => fresh.Set<TextAccount>().SingleAsync());
        stored.Name.ShouldBeNull();
        stored.WabaId.ShouldBe("900");
    }

    [Fact]
    public async Task Inside_a_transaction_of_the_host_the_library_saves_on_its_own()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.PostgreSql);
        var account = await host.CreateAccountAsync();
        await using var request = host.Services.CreateAsyncScope();
        var context = request.ServiceProvider.GetRequiredService<PlainContext>();

        await context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            await request.ServiceProvider.GetRequiredService<NumberAuthority>().WriteAsync(account, _ => [SomeNumber.Connected(account, "1")]);
            await transaction.RollbackAsync();
        });

        (await host.WithStoreAsync(store => store.ReadAsync(account))).Reference.Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_store_refuses_a_scope_in_which_the_host_has_rows()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        var account = await host.CreateAccountAsync();
        await using var request = host.Services.CreateAsyncScope();
        request.ServiceProvider.GetRequiredService<PlainContext>().Add(new TextAccount { Id = "pending" });

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => request.ServiceProvider.GetRequiredService<IPhoneNumberStore>()
            .WriteAsync(account, _ => [SomeNumber.Connected(account, "1")]));

        failure.Message.ShouldContain("resolve it in a new scope for every call");
        request.ServiceProvider.GetRequiredService<PlainContext>().ChangeTracker.Entries().Count().ShouldBe(1);
    }
}
