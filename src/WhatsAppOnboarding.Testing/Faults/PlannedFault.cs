namespace WhatsAppOnboarding.Testing.Faults;

internal sealed record PlannedFault(string Operation, Fault Fault, Func<RecordedCall, bool>? When)
{
    public int Left { get; set; }

    public bool Concerns(RecordedCall call) => Operation == call.Operation && When?.Invoke(call) != false;
}
