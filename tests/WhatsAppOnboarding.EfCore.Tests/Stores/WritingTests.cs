using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Hosts;

namespace WhatsAppOnboarding.EfCore.Tests.Stores;

public class WritingTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task What_was_written_is_read(DatabaseKind database)
    {
        await using var host = await TestHost.StartAsync(database);
        var account = await host.CreateAccountAsync();

        var write = await host.WithStoreAsync(store => store.WriteAsync(account, _ => [SomeNumber.Connected(account, "1")]));
        var read = await host.WithStoreAsync(store => store.ReadAsync(account));

        write.Saved.ShouldBeTrue();
        read.Reference.ShouldBe(write.After.Reference);
        read.Reference.WabaId.ShouldBe(WabaId.Parse("900"));
    }
}
