using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>Keeps every log line of every category: level, event id, text and the values in it.</summary>
public sealed class CollectedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<Line> _lines = new();

    public IReadOnlyCollection<Line> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Collector(categoryName, _lines);

    /// <summary>Forgets what was logged so far.</summary>
    public void Clear() => _lines.Clear();

    public void Dispose()
    {
    }

    public sealed record Line(string Category, LogLevel Level, int EventId, string Text);

    private sealed class Collector(string category, ConcurrentQueue<Line> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue(new(category, LogLevel.Trace, 0, Describe(state)));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(new(category, logLevel, eventId.Id, $"{formatter(state, exception)} {Describe(state)} {exception}"));

        private static string Describe(object? state) =>
            state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join("; ", values.Select(value => $"{value.Key}={value.Value}")) : $"{state}";
    }
}
