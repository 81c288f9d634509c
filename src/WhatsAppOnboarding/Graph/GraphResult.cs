using System.Diagnostics.CodeAnalysis;

namespace WhatsAppOnboarding.Graph;

/// <summary>Either what Meta answered or why there is no answer.</summary>
/// <remarks>A refusal or an outage is a result, not an exception: check <see cref="Succeeded"/> before reading <see cref="Value"/>.</remarks>
/// <typeparam name="T">What Meta answers to the call.</typeparam>
public sealed class GraphResult<T> : IGraphOutcome
    where T : class
{
    /// <summary>A success with its answer.</summary>
    public GraphResult(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>A failure with its reason.</summary>
    public GraphResult(GraphError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        Error = error;
    }

    /// <summary>Whether there is an answer.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>The answer, or null after a failure.</summary>
    public T? Value { get; }

    /// <summary>Why there is no answer, or null after a success.</summary>
    public GraphError? Error { get; }

    /// <summary>The members of the answer that were of another kind than expected, and count as missing.</summary>
    internal IReadOnlyList<string> OddFields { get; init; } = [];

    /// <summary>Of a listing that may be so: whether something in it could not be read and was left out.</summary>
    internal bool IsCutShort { get; init; }

    /// <summary>A success with its answer.</summary>
    public static implicit operator GraphResult<T>(T value) => new(value);

    /// <summary>A failure with its reason.</summary>
    public static implicit operator GraphResult<T>(GraphError error) => new(error);

    /// <summary><c>ok</c>, or the text of the error. Never the answer, which may hold a token.</summary>
    public override string ToString() => Error?.ToString() ?? "ok";
}

/// <summary>What retries need to know of a result, whatever its answer.</summary>
internal interface IGraphOutcome
{
    GraphError? Error { get; }
}

/// <summary>Meta did what it was asked, and has nothing more to say.</summary>
public sealed record GraphDone;
