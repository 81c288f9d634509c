using Microsoft.EntityFrameworkCore;

namespace WhatsAppOnboarding.EfCore.Tests.Databases;

public enum DatabaseKind
{
    Sqlite,
    PostgreSql,
}

/// <summary>A database of a test's own, gone with it.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    public static async Task<TestDatabase> CreateAsync(DatabaseKind kind) => kind switch
    {
        DatabaseKind.Sqlite => new SqliteDatabase(),
        _ => await PostgreSqlDatabase.CreateAsync(),
    };

    public abstract string ConnectionString { get; }

    public abstract void Use(DbContextOptionsBuilder options);

    public abstract ValueTask DisposeAsync();
}
