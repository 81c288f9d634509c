namespace WhatsAppOnboarding.Graph;

/// <summary>One request to Meta's Graph API. The list of calls is closed: each is a record in this namespace.</summary>
/// <remarks>Calls may hold tokens and codes, so their text is their name and nothing else.</remarks>
/// <typeparam name="T">What Meta answers to this call.</typeparam>
public abstract record GraphCall<T>
    where T : class
{
    private protected GraphCall()
    {
    }

    /// <summary>The call's stable name in logs, traces and metrics.</summary>
    internal abstract string Operation { get; }

    /// <summary>The path below the version, without a leading slash.</summary>
    internal abstract string Path { get; }

    /// <summary>What proves to Meta that we may make this call.</summary>
    internal abstract GraphCredential Credential { get; }

    internal virtual HttpMethod Method => HttpMethod.Get;

    /// <summary>Whether making the call twice does no more than making it once.</summary>
    internal virtual bool IsSafe => Method == HttpMethod.Get;

    /// <summary>Adds this call's own parameters. Those of the credential are added by the client.</summary>
    internal virtual void AddQuery(GraphQuery query, GraphOptions options)
    {
    }

    /// <summary>The JSON to send, or null for none.</summary>
    internal virtual byte[]? CreateBody() => null;

    /// <summary>Reads the answer; null or a <see cref="System.Text.Json.JsonException"/> when it has another shape.</summary>
    internal abstract T? Read(ReadOnlySpan<byte> json);

    /// <summary>A plainer form of this call, to be made instead when Meta refuses this one with that error; usually there is none.</summary>
    internal virtual GraphCall<T>? PlainerForm(GraphError error) => null;

    /// <summary>The call's name, such as <c>list_phone_numbers</c>. Never a token, a code, an id or a message.</summary>
    public sealed override string ToString() => Operation;
}
