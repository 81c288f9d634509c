using System.Diagnostics;
using System.Text.Json;
using WhatsAppOnboarding.Endurance.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Endurance.Bench;

/// <summary>How fast a delivery with a thousand messages is taken apart into items, with their keys and typed contents.</summary>
internal static class ParsingBench
{
    private const int Rounds = 400;

    /// <summary>Reading must not be what a delivery waits for.</summary>
    public static Result Run() => Result.AtLeast("parsing of a delivery of 1,000 messages", MegabytesPerSecond(), "MB/s", 50);

    private static double MegabytesPerSecond()
    {
        var body = Bodies.Messages(1000);
        var best = 0.0;
        for (var block = 0; block < 5; block++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var round = 0; round < Rounds / 5; round++)
            {
                using var json = JsonDocument.Parse(body);
                foreach (var item in Envelope.Read(json.RootElement, default))
                {
                    if (item.Key.Length == 0 || item.Content is null)
                        throw new InvalidOperationException("An item cannot be read.");
                }
            }

            best = Math.Max(best, (double)body.Length * Rounds / 5 / 1_000_000 / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return best;
    }
}
