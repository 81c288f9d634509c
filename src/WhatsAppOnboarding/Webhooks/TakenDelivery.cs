using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>One POST of Meta's whose signature was checked, or a part of it.</summary>
public sealed record TakenDelivery
{
    /// <summary>The longest <see cref="Lane"/> and <see cref="Number"/>.</summary>
    public const int MaxKey = 64;

    /// <summary>The JSON, to the byte as Meta sent it; of a part, its changes as they came.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>When it arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The W3C <c>traceparent</c> of the request that brought it, so that one trace leads from the delivery to the handler; null without one.</summary>
    public string? TraceParent { get; init; }

    /// <summary>
    /// Whose it is, as far as it says so itself: its WABA, else its number. What waits in one lane keeps no other lane waiting. Set by <see cref="Split"/>.
    /// </summary>
    public string Lane { get; init; } = "";

    /// <summary>The number that it is about, whose items are worked in order; empty when it is about the WABA. Set by <see cref="Split"/>.</summary>
    public string Number { get; init; } = "";

    /// <summary>Whether it says something of a number or WABA that the authority follows: it goes before all others. Set by <see cref="Split"/>.</summary>
    public bool IsNotice { get; init; }

    /// <summary>
    /// Cuts it into parts of one number each, or of one WABA where it is about no number: most deliveries are one part and stay as they are. Each change is in one part; one that has
    /// another shape than Meta's is left out. No part when there is nothing in it.
    /// </summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public IReadOnlyList<TakenDelivery> Split()
    {
        using var json = JsonDocument.Parse(Body);
        var parts = new Dictionary<(string Lane, string Number, bool IsNotice), List<(JsonElement Entry, JsonElement Change)>>();
        foreach (var entry in json.RootElement.Items("entry"u8))
        {
            foreach (var change in entry.Items("changes"u8))
            {
                if (Envelope.ReadChange(entry, change) is not { } read)
                    continue;
                var key = KeyOf(read);
                if (!parts.TryGetValue(key, out var changes))
                    parts[key] = changes = [];
                changes.Add((entry, change));
            }
        }

        return parts.Count == 1
            ? [Of(parts.Keys.First(), Body)]
            : [.. parts.Select(part => Of(part.Key, Write(part.Value)))];
    }

    /// <summary>
    /// How often it was begun, this time included, since something came of it: more than once when a process ended while it was worked. After ten times its items are parked, for they may be
    /// what ends the process. Set by the intake.
    /// </summary>
    public int Tries { get; init; } = 1;

    /// <summary>Whether somebody still looks at the body when it is worked, so that it must not be used for anything else.</summary>
    internal BodyUse Use { get => field ??= new(); init; }

    /// <summary>Its size and lane; never what was sent.</summary>
    public override string ToString() => $"{Body.Length} bytes for {Lane}";

    private static (string Lane, string Number, bool IsNotice) KeyOf(WebhookChange change)
    {
        var number = change.RoutedWaba is null ? change.Number?.ToString() ?? "" : "";
        var lane = (change.NamedWaba ?? change.EntryId)?.ToString() ?? number;
        return (lane, number, change.Known is { IsFollowed: true });
    }

    private TakenDelivery Of((string Lane, string Number, bool IsNotice) key, ReadOnlyMemory<byte> body) =>
        this with { Body = body, Lane = key.Lane, Number = key.Number, IsNotice = key.IsNotice };

    /// <summary>Each change in an entry of its own, to the byte as it came.</summary>
    private static byte[] Write(List<(JsonElement Entry, JsonElement Change)> changes)
    {
        var json = new ArrayBufferWriter<byte>();
        json.Write("{\"entry\":["u8);
        foreach (var (index, (entry, change)) in changes.Index())
        {
            json.Write(index == 0 ? "{"u8 : ",{"u8);
            foreach (var property in entry.EnumerateObject())
            {
                if (property.NameEquals("changes"u8))
                    continue;
                json.Write("\""u8);
                json.Write(JsonMarshal.GetRawUtf8PropertyName(property));
                json.Write("\":"u8);
                json.Write(JsonMarshal.GetRawUtf8Value(property.Value));
                json.Write(","u8);
            }

            json.Write("\"changes\":["u8);
            json.Write(JsonMarshal.GetRawUtf8Value(change));
            json.Write("]}"u8);
        }

        json.Write("]}"u8);
        return json.WrittenSpan.ToArray();
    }
}

/// <summary>What became of a body that was lent.</summary>
internal sealed class BodyUse
{
    public bool IsKept { get; set; }
}
