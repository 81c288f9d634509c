using Microsoft.EntityFrameworkCore;
using WebHost.Data;
using WhatsAppOnboarding.EfCore.Stores;

namespace WhatsAppOnboarding.EfCore.Tests.Model;

public class SampleMigrationTests
{
    [Fact]
    public void The_samples_migrations_on_SQLite_are_those_of_its_model() => Require(options => options.UseSqlite("Data Source=:memory:"));

    [Fact]
    public void The_samples_migrations_on_PostgreSQL_are_those_of_its_model() => Require(options => options.UseNpgsql("Host=127.0.0.1;Port=1"));

    [Fact]
    public async Task Migrations_that_a_database_lacks_are_named_to_the_doctor_and_none_once_it_has_them()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var context = new AppDbContext(new DbContextOptionsBuilder<AppDbContext>().UseSqlite("Data Source=:memory:").Options);
        await context.Database.OpenConnectionAsync(cancellationToken);
        var store = new EfPhoneNumberStore(new StoreContext(new HostContext(context)), [], TimeProvider.System);

        (await store.ListPendingMigrationsAsync(cancellationToken)).ShouldBe(context.Database.GetMigrations());
        (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ShouldBeEmpty("to look applies nothing");

        await context.Database.MigrateAsync(cancellationToken);
        (await store.ListPendingMigrationsAsync(cancellationToken)).ShouldBeEmpty();
    }

    private static void Require(Action<DbContextOptionsBuilder<AppDbContext>> use)
    {
        var options = new DbContextOptionsBuilder<AppDbContext>();
        use(options);
        using var context = new AppDbContext(options.Options);

        context.Database.GetMigrations().ShouldNotBeEmpty();
        context.Database.HasPendingModelChanges().ShouldBeFalse();
    }
}
