namespace WhatsAppOnboarding.Graph;

/// <summary>What came back over HTTP, read to its end.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body, whatever it is.</param>
/// <param name="Wait">How long the headers ask to wait, if they do.</param>
internal sealed record GraphAnswer(int Status, byte[] Body, RequestedWait Wait)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public bool IsRedirect => Status is >= 300 and < 400;

    /// <summary>The call's answer, or the reason why this is none.</summary>
    public GraphResult<T> ReadAs<T>(GraphCall<T> call)
        where T : class => IsSuccess && TryRead(call) is { } value ? value : GraphErrorReader.Read(this, call.Operation, call.Credential);

    private T? TryRead<T>(GraphCall<T> call)
        where T : class
    {
        try
        {
            return call.Read(Body);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
