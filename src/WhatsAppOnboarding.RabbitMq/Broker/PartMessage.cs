using System.Globalization;
using System.Text;
using RabbitMQ.Client;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.RabbitMq.Broker;

/// <summary>A part of a delivery as it travels: the body is Meta's bytes, all else stands in headers.</summary>
/// <param name="Part">The part.</param>
internal sealed record PartMessage(TakenDelivery Part)
{
    private const string ReceivedAt = "x-received-at";
    private const string TraceParent = "x-trace-parent";
    private const string Lane = "x-lane";
    private const string Number = "x-number";
    private const string IsNotice = "x-is-notice";
    private const string FailuresHeader = "x-failures";
    private const string PlaceHeader = "x-place";
    private const string DeliveryCount = "x-delivery-count";

    /// <summary>How often it failed in a row.</summary>
    public int Failures { get; init; }

    /// <summary>Its place among what was put aside of its number; null when it was not.</summary>
    public long? Place { get; init; }

    /// <summary>Whose turn is taken by it.</summary>
    public string Turn => Part.Number.Length > 0 ? Part.Number : Part.Lane;

    public static PartMessage Read(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        var headers = properties.Headers ?? new Dictionary<string, object?>();
        return new PartMessage(new TakenDelivery
        {
            // The client uses its buffer again.
            Body = body.ToArray(),
            ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(Whole(headers, ReceivedAt) ?? 0),
            TraceParent = Text(headers, TraceParent),
            Lane = Text(headers, Lane) ?? "",
            Number = Text(headers, Number) ?? "",
            IsNotice = headers.TryGetValue(IsNotice, out var notice) && notice is true,
            Tries = (int)(Whole(headers, DeliveryCount) ?? 0) + 1,
        })
        {
            Failures = (int)(Whole(headers, FailuresHeader) ?? 0),
            Place = Whole(headers, PlaceHeader),
        };
    }

    public BasicProperties Properties()
    {
        var headers = new Dictionary<string, object?>
        {
            [ReceivedAt] = Part.ReceivedAt.ToUnixTimeMilliseconds(),
            [Lane] = Part.Lane,
            [Number] = Part.Number,
            [IsNotice] = Part.IsNotice,
            [FailuresHeader] = Failures,
        };
        if (Part.TraceParent is { Length: <= 64 } trace)
            headers[TraceParent] = trace;
        if (Place is { } place)
            headers[PlaceHeader] = place;
        return new BasicProperties { DeliveryMode = DeliveryModes.Persistent, ContentType = "application/json", Headers = headers };
    }

    private static string? Text(IDictionary<string, object?> headers, string name) => headers.TryGetValue(name, out var value) && value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : null;

    private static long? Whole(IDictionary<string, object?> headers, string name) =>
        headers.TryGetValue(name, out var value) && (value is long or int or short or byte) ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;
}
