using System.Text.Json;

namespace WhatsAppOnboarding.Graph;

/// <summary>Meta did what it was asked, and has nothing more to say.</summary>
public sealed record GraphDone;

/// <summary>A bare confirmation as Meta writes it.</summary>
internal sealed record WireDone(bool Success)
{
    public static GraphDone? Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, GraphJson.Default.WireDone) is { Success: true } ? new() : null;
}
