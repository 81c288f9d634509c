using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>The one outcome of an attempt.</summary>
/// <param name="Code">One of <see cref="ConnectOutcomes"/>, or a code of the error catalogue.</param>
/// <param name="PhoneCount">How many numbers it connected.</param>
/// <param name="Write">The write that saved them; null when nothing was saved.</param>
internal sealed record ConnectResult(string Code, int PhoneCount = 0, PhoneNumberWrite? Write = null)
{
    /// <summary>With <see cref="ConnectOutcomes.Choose"/>: what can be chosen.</summary>
    public SealedGrant? WaitingGrant { get; init; }

    /// <summary>With <see cref="ConnectOutcomes.Choose"/>: until when.</summary>
    public DateTimeOffset? WaitsUntil { get; init; }
}
