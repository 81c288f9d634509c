using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace WhatsAppOnboarding.EfCore.Tests.Databases;

/// <summary>Keeps what the database refused, each of which a host finds in its log as an error, also where it was tried again and nobody else heard of it.</summary>
internal sealed class FailedCommands : DbCommandInterceptor
{
    public ConcurrentQueue<string> Seen { get; } = new();

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        var state = (eventData.Exception as PostgresException)?.SqlState;
        Seen.Enqueue($"{state} {eventData.Exception.Message}: {command.CommandText}");
        return Task.CompletedTask;
    }
}
