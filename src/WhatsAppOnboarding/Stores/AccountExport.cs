using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace WhatsAppOnboarding.Stores;

/// <summary>
/// Writes all that is kept of an account, as <see cref="ExportedAccount"/> says, one thing after the other: beside the document no more is held than what a store reads at once.
/// </summary>
internal sealed class AccountExport(IServiceScopeFactory scopes, NumberAuthority numbers, AttemptRecords attempts, LinkRecords links, ItemLedger ledger, TimeProvider time)
{
    private const int ReadAtOnce = 500;

    public async Task<JsonDocument> RunAsync(AccountId account, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new Utf8JsonWriter(buffer);
        await using (writer.ConfigureAwait(false))
            await WriteAsync(writer, account, cancellationToken).ConfigureAwait(false);
        return JsonDocument.Parse(buffer.WrittenMemory);
    }

    private async Task WriteAsync(Utf8JsonWriter writer, AccountId account, CancellationToken cancellationToken)
    {
        var read = await numbers.ReadAsync(account, cancellationToken).ConfigureAwait(false);
        writer.WriteStartObject();
        writer.WriteNumber("version", ExportedAccount.CurrentVersion);
        writer.WriteString("exportedAt", time.GetUtcNow());
        writer.WriteString("accountId", account.ToString());
        writer.WriteString("wabaId", read.Reference.WabaId?.ToString());
        if (read.Reference.DueAt is { } due)
            writer.WriteString("dueAt", due);
        else
            writer.WriteNull("dueAt");
        Write(writer, "numbers", read.Numbers.OrderByDescending(number => number.ConnectSequence).ThenBy(number => number.GrantOrder).Select(ExportedNumber.Of), ExportJson.Default.ExportedNumber);

        var started = await attempts.ListStartsAsync(account, DateTimeOffset.MinValue, 0, int.MaxValue, cancellationToken).ConfigureAwait(false);
        Write(writer, "starts", started.Select(ExportedStart.Of), ExportJson.Default.ExportedStart);
        var tried = await attempts.ListAsync(account, int.MaxValue, cancellationToken).ConfigureAwait(false);
        Write(writer, "attempts", tried.Select(ExportedAttempt.Of), ExportJson.Default.ExportedAttempt);
        var made = await links.ListAsync(account, null, int.MaxValue, cancellationToken).ConfigureAwait(false);
        Write(writer, "links", made.Select(link => ExportedLink.Of(link.At(time.GetUtcNow()))), ExportJson.Default.ExportedLink);
        var told = await scopes.UseAsync((IAccountEventStore store) => store.ListAsync(account, null, parked: false, int.MaxValue, cancellationToken)).ConfigureAwait(false);
        Write(writer, "events", told.Select(ExportedEvent.Of), ExportJson.Default.ExportedEvent);

        writer.WriteStartArray("webhookItems");
        string? last = null;
        while (await ledger.ListAsync(account, last, ReadAtOnce, cancellationToken).ConfigureAwait(false) is { Count: > 0 } some)
        {
            foreach (var record in some)
                JsonSerializer.Serialize(writer, ExportedItem.Of(record), ExportJson.Default.ExportedItem);
            last = some[^1].ItemKey;
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write<T>(Utf8JsonWriter writer, string name, IEnumerable<T> all, JsonTypeInfo<T> info)
    {
        writer.WriteStartArray(name);
        foreach (var one in all)
            JsonSerializer.Serialize(writer, one, info);
        writer.WriteEndArray();
    }
}
