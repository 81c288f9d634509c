namespace WhatsAppOnboarding.Testing.Faults;

internal sealed record PlannedFault(string Operation, Fault Fault, Func<GraphCall, bool>? When)
{
    public int Left { get; set; }

    public bool Concerns(GraphCall call) => Operation == call.Operation && When?.Invoke(call) != false;
}
