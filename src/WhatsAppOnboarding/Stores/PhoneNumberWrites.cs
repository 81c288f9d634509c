namespace WhatsAppOnboarding.Stores;

/// <summary>
/// Counts what this process committed to the authority, so that whatever is remembered of it elsewhere is forgotten at once. A singleton.
/// </summary>
public sealed class PhoneNumberWrites
{
    private long _count;

    /// <summary>How many writes there were. What was read before this changed may be outdated.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>For stores: call it after every commit, and when it is not known whether one went through.</summary>
    public void Committed() => Interlocked.Increment(ref _count);
}
