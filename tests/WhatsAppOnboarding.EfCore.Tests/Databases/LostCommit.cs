using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace WhatsAppOnboarding.EfCore.Tests.Databases;

/// <summary>Loses the connection after the server has committed, in the way that the provider's own retries take for a passing fault.</summary>
internal sealed class LostCommit : DbTransactionInterceptor
{
    private int _times;

    public void Next(int times = 1) => _times = times;

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        _times-- > 0 ? throw new NpgsqlException("The connection was lost.", new IOException()) : Task.CompletedTask;
}
