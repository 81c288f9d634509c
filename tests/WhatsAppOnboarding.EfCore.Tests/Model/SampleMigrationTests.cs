using Microsoft.EntityFrameworkCore;
using WebHost.Data;

namespace WhatsAppOnboarding.EfCore.Tests.Model;

public class SampleMigrationTests
{
    [Fact]
    public void The_samples_migrations_on_SQLite_are_those_of_its_model() => Require(options => options.UseSqlite("Data Source=:memory:"));

    [Fact]
    public void The_samples_migrations_on_PostgreSQL_are_those_of_its_model() => Require(options => options.UseNpgsql("Host=127.0.0.1;Port=1"));

    private static void Require(Action<DbContextOptionsBuilder<AppDbContext>> use)
    {
        var options = new DbContextOptionsBuilder<AppDbContext>();
        use(options);
        using var context = new AppDbContext(options.Options);

        context.Database.GetMigrations().ShouldNotBeEmpty();
        context.Database.HasPendingModelChanges().ShouldBeFalse();
    }
}
