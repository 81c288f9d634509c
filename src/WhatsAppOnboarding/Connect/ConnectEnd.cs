using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>How a request to finish an attempt ended.</summary>
/// <param name="Code">One of <see cref="ConnectOutcomes"/>, or a code of the error catalogue.</param>
/// <param name="Attempt">The attempt, unless none was claimed.</param>
/// <param name="RetryAfter">How long to wait, when there were too many.</param>
internal sealed record ConnectEnd(string Code, ConnectAttempt? Attempt = null, TimeSpan? RetryAfter = null);
