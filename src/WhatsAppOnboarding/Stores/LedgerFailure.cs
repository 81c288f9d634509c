namespace WhatsAppOnboarding.Stores;

/// <summary>That a handler failed on an item, and when that is enough.</summary>
/// <param name="Handler">Which handler.</param>
/// <param name="Reason">Why, at most 1,000 characters.</param>
/// <param name="At">When.</param>
/// <param name="Payload">A delivery with this item alone, to be kept if it is parked.</param>
/// <param name="ParkAfterFailures">After how many failures it is parked.</param>
/// <param name="ParkAfter">How long after the first failure it is parked.</param>
public sealed record LedgerFailure(string Handler, string Reason, DateTimeOffset At, string Payload, int ParkAfterFailures, TimeSpan ParkAfter)
{
    /// <summary>The handler; never what was sent.</summary>
    public override string ToString() => $"failure of {Handler}";
}
