using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Endurance.Framework;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Endurance.Bench;

/// <summary>How long it takes to find the holders of a number on PostgreSQL, when there are few numbers and when there are many.</summary>
internal static class RoutingBench
{
    private const int LookUps = 3_000;

    public static async Task<IReadOnlyList<Result>> RunAsync(string database, int numbers)
    {
        var (few, many) = await MedianAsync(database, numbers);
        return [Result.AtMost($"routing on PostgreSQL with {numbers:N0} numbers against 1,000", many / few, $"times ({few:N0} µs, {many:N0} µs)", 1.2)];
    }

    /// <summary>The median time of a look-up in microseconds, with a thousand numbers and with so many.</summary>
    private static async Task<(double Few, double Many)> MedianAsync(string database, int many)
    {
        await using var app = await Hosts.StartLibraryAsync<NoOpHandler>(library =>
        {
            library.Services.AddDbContext<EnduranceContext>(options => EnduranceContext.Use(options, database));
            library.AddEntityFrameworkStores<EnduranceContext>();
        });
        await using (var scope = app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<EnduranceContext>().Database.EnsureCreatedAsync();
        await Hosts.HoldAsync(app.Services, "template");
        await FillAsync(app.Services, 0, 1_000);
        await MedianAsync(app.Services, 1_000);
        var few = await MedianAsync(app.Services, 1_000);
        await FillAsync(app.Services, 1_000, many);
        await MedianAsync(app.Services, many);
        return (few, await MedianAsync(app.Services, many));
    }

    private static string Id(int index) => (700_000_000_000_000 + index).ToString(CultureInfo.InvariantCulture);

    /// <summary>Copies the one number that there is, in the database itself.</summary>
    private static async Task FillAsync(IServiceProvider services, int from, int to)
    {
        await using var scope = services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<EnduranceContext>();
        context.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        var columns = context.Model.FindEntityType("WhatsAppOnboarding.EfCore.Entities.PhoneNumberRow")!.GetProperties().Select(property => property.Name).ToList();
        string[] own = ["AccountId", "PhoneNumberId", "WabaId"];
        var rest = string.Join(", ", columns.Except(own).Select(name => $"n.\"{name}\""));
        var names = string.Join(", ", own.Concat(columns.Except(own)).Select(name => $"\"{name}\""));
        var heads = string.Join(", ", context.Model.FindEntityType("WhatsAppOnboarding.EfCore.Entities.AccountReferenceRow")!.GetProperties().Select(property => property.Name).Where(name => name != "AccountId").Select(name => $"\"{name}\""));
#pragma warning disable EF1002, EF1003 // Numbers and names of columns, nothing from outside.
        await context.Database.ExecuteSqlRawAsync($"INSERT INTO \"WhatsAppAccounts\" (\"AccountId\", {heads}) SELECT 'bench-' || i, {heads} FROM \"WhatsAppAccounts\" h, generate_series({from}, {to - 1}) i WHERE h.\"AccountId\" = 'template'");
        await context.Database.ExecuteSqlRawAsync(
            $"INSERT INTO \"WhatsAppPhoneNumbers\" ({names}) SELECT 'bench-' || i, (700000000000000 + i)::text, (800000000000000 + i)::text, {rest} "
            + $"FROM \"WhatsAppPhoneNumbers\" n, generate_series({from}, {to - 1}) i WHERE n.\"AccountId\" = 'template'");
        await context.Database.ExecuteSqlRawAsync("ANALYZE");
#pragma warning restore EF1002, EF1003
    }

    private static async Task<double> MedianAsync(IServiceProvider services, int count)
    {
        await using var scope = services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<NumberAuthority>();
        var random = new Random(1);
        var times = new List<double>(LookUps);
        for (var i = 0; i < LookUps; i++)
        {
            PhoneNumberId[] ids = [PhoneNumberId.Parse(Id(random.Next(count)))];
            var started = Stopwatch.GetTimestamp();
            if ((await store.FindHeldAsync(ids)).Count != 1)
                throw new InvalidOperationException("A number was not found.");
            times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }

        return times.Order().ElementAt(times.Count / 2);
    }
}
