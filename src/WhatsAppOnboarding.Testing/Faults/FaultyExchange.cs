using WhatsAppOnboarding.Testing.Graph;

namespace WhatsAppOnboarding.Testing.Faults;

/// <summary>A call in progress, as a fault sees it.</summary>
/// <param name="Next">Does what was asked and gives the true answer.</param>
/// <param name="Abort">Breaks the connection.</param>
/// <param name="Gone">Set when the caller left or the emulator stops.</param>
internal sealed record FaultyExchange(Func<Task<GraphAnswer>> Next, Action Abort, CancellationToken Gone);
