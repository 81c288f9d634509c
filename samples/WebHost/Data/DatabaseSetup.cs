using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace WebHost.Data;

public static class DatabaseSetup
{
    /// <summary>SQLite by default, PostgreSQL with <c>Database:Provider=PostgreSQL</c>.</summary>
    public static void AddDatabase(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var connection = builder.Configuration.GetConnectionString("Default")
            ?? throw new InvalidOperationException("Set ConnectionStrings:Default to where the database is.");
        var provider = builder.Configuration["Database:Provider"] ?? "Sqlite";

        Action<DbContextOptionsBuilder> use = provider.ToUpperInvariant() switch
        {
            "SQLITE" => options => options.UseSqlite(InContentRoot(connection, builder.Environment.ContentRootPath)),
            "POSTGRESQL" => options => options.UseNpgsql(connection, npgsql => npgsql.EnableRetryOnFailure()),
            _ => throw new InvalidOperationException($"Database:Provider is '{provider}'. Set it to Sqlite or PostgreSQL."),
        };
        builder.Services.AddDbContext<AppDbContext>(use);
    }

    /// <summary>Brings the tables up to date. One node runs this sample; several would migrate in their deployment instead.</summary>
    public static async Task PrepareDatabaseAsync(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.MigrateAsync();
    }

    private static string InContentRoot(string connection, string root)
    {
        var sqlite = new SqliteConnectionStringBuilder(connection);
        if (sqlite.Mode is SqliteOpenMode.Memory || sqlite.DataSource is "" or ":memory:")
            return connection;

        sqlite.DataSource = Path.GetFullPath(sqlite.DataSource, root);
        var folder = Path.GetDirectoryName(sqlite.DataSource)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return sqlite.ToString();
    }
}
