using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using WebHost.Data;

namespace WebHost.Chat;

/// <summary>
/// Carries news to the pages of every node. PostgreSQL takes it with the commit and hands it to all that listen, so that none is lost when a node dies right after it.
/// A SQLite database has one node, which takes it when the commit is done.
/// </summary>
public sealed class LiveWire(LiveFeed feed) : DbTransactionInterceptor
{
    public const string Channel = "webhost_live";

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(eventData);
        foreach (var news in NewsOf(eventData.Context, onServer: true))
        {
            await using var notify = transaction.Connection!.CreateCommand();
            notify.Transaction = transaction;
            notify.CommandText = "SELECT pg_notify(@channel, @news)";
            foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("channel", Channel), ("news", news.Write())])
            {
                var parameter = notify.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                notify.Parameters.Add(parameter);
            }

            await notify.ExecuteNonQueryAsync(cancellationToken);
        }

        return result;
    }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        foreach (var news in NewsOf(eventData.Context, onServer: false))
            feed.Take(news);
        (eventData.Context as AppDbContext)?.ForgetNews();
        return Task.CompletedTask;
    }

    private static IEnumerable<LiveNews> NewsOf(DbContext? context, bool onServer) =>
        context is AppDbContext db && db.Database.IsNpgsql() == onServer ? db.News : [];
}
