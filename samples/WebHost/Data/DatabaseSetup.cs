using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using WebHost.Chat;

namespace WebHost.Data;

public static class DatabaseSetup
{
    private const int LongestStartSeconds = 300;

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
        builder.Services.AddDbContext<AppDbContext>((services, options) =>
        {
            use(options);
            options.AddInterceptors(services.GetRequiredService<LiveWire>());
        });
        if (provider.Equals("PostgreSQL", StringComparison.OrdinalIgnoreCase))
            builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<LiveListener>(services, connection));
    }

    /// <summary>
    /// Brings the tables up to date, and makes the first key. Of several nodes that start at once each waits for its turn: else two would take the same steps, and each
    /// would make a key that the other does not look for before its own ends.
    /// </summary>
    public static async Task PrepareDatabaseAsync(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>().Database;
        await using var turn = database.IsNpgsql() ? await TakeTurnAsync(database) : null;
        await database.MigrateAsync();
        _ = app.Services.GetDataProtector("start").Protect([]);
    }

    /// <summary>A lock of PostgreSQL, which ends with its connection. The one of Entity Framework holds for one migration and not for all of them.</summary>
    private static async Task<NpgsqlConnection> TakeTurnAsync(DatabaseFacade database)
    {
        var creator = database.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync())
            await creator.CreateAsync();

        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.GetConnectionString()) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var take = new NpgsqlCommand("SELECT pg_advisory_lock(hashtext('webhost start'))", connection) { CommandTimeout = LongestStartSeconds };
        await take.ExecuteNonQueryAsync();
        return connection;
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
