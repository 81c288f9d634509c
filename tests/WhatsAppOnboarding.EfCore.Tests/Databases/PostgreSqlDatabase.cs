using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace WhatsAppOnboarding.EfCore.Tests.Databases;

internal sealed class PostgreSqlDatabase : TestDatabase
{
    private const string Variable = "WHATSAPP_TESTS_POSTGRES";

    private readonly string _server;
    private readonly string _name = $"whatsapp_{Guid.NewGuid():N}";

    private PostgreSqlDatabase(string server)
    {
        _server = server;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = _name, MaxPoolSize = 20 }.ConnectionString;
    }

    public override string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync()
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipUnless(!string.IsNullOrEmpty(server), $"No PostgreSQL: set {Variable} to something like \"Host=127.0.0.1;Port=5433;Username=postgres\".");
        var database = new PostgreSqlDatabase(server!);
        await database.ExecuteAsync($"CREATE DATABASE {database._name}");
        return database;
    }

    public override void Use(DbContextOptionsBuilder options) => options.UseNpgsql(ConnectionString, npgsql => npgsql.EnableRetryOnFailure());

    public override async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(connection);
        await ExecuteAsync($"DROP DATABASE {_name} WITH (FORCE)");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_server) { Database = "postgres", Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
