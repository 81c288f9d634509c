using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.EfCore.Stores;

namespace WhatsAppOnboarding.EfCore.Inbox;

/// <summary>
/// Commands that every node sends every second, as Entity Framework writes them, but past its log: at the level that templates set it would show nothing else.
/// </summary>
internal static class UnloggedCommands
{
    public static async Task<IReadOnlyList<T>> ReadUnloggedAsync<TRow, T>(this StoreContext store, IQueryable<TRow> query, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var command = query.CreateDbCommand();
        await using (command.ConfigureAwait(false))
        {
            return await store.WithConnectionAsync(async () =>
            {
                var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    var found = new List<T>();
                    while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                        found.Add(read(reader));
                    return found;
                }
            }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Raises a node's beat. False when it has no row.</summary>
    public static Task<bool> BeatUnloggedAsync(this StoreContext store, string node, CancellationToken cancellationToken) => store.WithConnectionAsync(async () =>
    {
        var context = store.Value;
        var row = context.Model.FindEntityType(typeof(InboxNodeRow))!;
        var table = StoreObjectIdentifier.Table(row.GetTableName()!, row.GetSchema());
        var (key, beat) = (row.FindProperty(nameof(InboxNodeRow.Node))!, row.FindProperty(nameof(InboxNodeRow.Beat))!);
        var sql = context.GetService<ISqlGenerationHelper>();
        var beatColumn = sql.DelimitIdentifier(beat.GetColumnName(table)!);
        var command = context.Database.GetDbConnection().CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = $"UPDATE {sql.DelimitIdentifier(table.Name, table.Schema)} SET {beatColumn} = {beatColumn} + 1 WHERE {sql.DelimitIdentifier(key.GetColumnName(table)!)} = {sql.GenerateParameterName("node")}";
            command.Parameters.Add(key.GetRelationalTypeMapping().CreateParameter(command, sql.GenerateParameterName("node"), node));
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) > 0;
        }
    }, cancellationToken);

    public static async Task<T> WithConnectionAsync<T>(this StoreContext store, Func<Task<T>> use, CancellationToken cancellationToken)
    {
        await store.Value.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await use().ConfigureAwait(false);
        }
        finally
        {
            await store.Value.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }
}
