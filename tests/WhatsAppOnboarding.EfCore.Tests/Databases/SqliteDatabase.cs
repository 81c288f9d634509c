using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace WhatsAppOnboarding.EfCore.Tests.Databases;

internal sealed class SqliteDatabase : TestDatabase
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"whatsapp-{Guid.NewGuid():N}.db");

    public override string ConnectionString => $"Data Source={_path}";

    public override void Use(DbContextOptionsBuilder options) => options.UseSqlite(ConnectionString);

    public override ValueTask DisposeAsync()
    {
        using (var connection = new SqliteConnection(ConnectionString))
            SqliteConnection.ClearPool(connection);
        foreach (var suffix in new[] { "", "-wal", "-shm" })
            File.Delete(_path + suffix);
        return ValueTask.CompletedTask;
    }
}
