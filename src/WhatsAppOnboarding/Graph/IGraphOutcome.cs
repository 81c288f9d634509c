namespace WhatsAppOnboarding.Graph;

/// <summary>What retries need to know of a result, whatever its answer.</summary>
internal interface IGraphOutcome
{
    GraphError? Error { get; }
}
