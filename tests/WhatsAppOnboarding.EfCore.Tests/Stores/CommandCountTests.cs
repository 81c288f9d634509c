using System.Diagnostics;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Tests.Stores;

public class CommandCountTests
{
    [Theory]
    [InlineData(HostKind.Identity, 3)]
    [InlineData(HostKind.Refusing, 4)]
    public async Task Sixty_one_numbers_take_a_handful_of_commands_on_PostgreSQL(HostKind kind, int expected)
    {
        var commands = await ConnectAsync(DatabaseKind.PostgreSql, kind);

        commands.Length.ShouldBe(expected, string.Join("\n\n", commands));
    }

    [Fact]
    public async Task Sixty_one_numbers_take_constant_reads_and_one_write_per_row_on_SQLite()
    {
        var commands = await ConnectAsync(DatabaseKind.Sqlite, HostKind.Identity);

        commands.Count(command => command.StartsWith("SELECT", StringComparison.Ordinal)).ShouldBe(2);
        commands.Length.ShouldBe(2 + 61 + 1 + 1 + 4, "each event is a row, too");
    }

    [Fact]
    public async Task A_write_sends_only_the_columns_that_changed()
    {
        var counter = new CommandCounter();
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite, options: options => options.AddInterceptors(counter));
        var account = await host.CreateAccountAsync();
        var number = SomeNumber.Connected(account, "1");
        await host.WithStoreAsync(store => store.WriteAsync(account, _ => [number, SomeNumber.Connected(account, "2")]));
        counter.Commands.Clear();

        await host.WithStoreAsync(store => store.WriteAsync(account, _ => [number with { DisplayPhone = "new" }]));

        var update = counter.Commands.Single(command => command.Contains("UPDATE \"WhatsAppPhoneNumbers\"", StringComparison.Ordinal));
        update.ShouldContain("SET \"DisplayPhone\" = @p0\n");
    }

    [Fact]
    public async Task A_write_costs_no_more_for_each_number_the_more_an_account_has()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        await TimeOfAsync(10);

        var (few, many) = (await TimeOfAsync(800), await TimeOfAsync(6400));

        (many / few).ShouldBeLessThan(40, "eight times as many; a square is sixty-four times");

        async Task<double> TimeOfAsync(int count)
        {
            var account = await host.CreateAccountAsync();
            await host.WithStoreAsync(store => store.WriteAsync(account, _ => [.. Enumerable.Range(1, count).Select(n => SomeNumber.Connected(account, $"{n}"))]));
            var best = double.MaxValue;
            foreach (var name in (string[])["first", "second", "third"])
            {
                var began = Stopwatch.GetTimestamp();
                await host.WithStoreAsync(store => store.WriteAsync(account, read => [.. read.Numbers.Select(number => number with { VerifiedName = name })]));
                best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            return best;
        }
    }

    private static async Task<string[]> ConnectAsync(DatabaseKind database, HostKind kind)
    {
        var counter = new CommandCounter();
        await using var host = await TestHost.StartAsync(database, kind, options => options.AddInterceptors(counter));
        var account = await host.CreateAccountAsync();
        PhoneNumber[] numbers = [.. Enumerable.Range(1, 61).Select(n => SomeNumber.Connected(account, $"{n}", waba: n == 1 ? "900" : "901", order: n))];
        counter.Commands.Clear();

        (await host.WithStoreAsync(store => store.WriteAsync(account, _ => numbers))).After.Numbers.Count.ShouldBe(61);

        return [.. counter.Commands];
    }
}
