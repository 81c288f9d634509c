using WhatsAppOnboarding.Status;

namespace WebHost.Pages;

/// <summary>One number as its card shows it.</summary>
/// <param name="Number">The number.</param>
/// <param name="Findings">What was noticed about this number and not about all of them.</param>
public sealed record NumberCard(PhoneNumberView Number, IReadOnlyList<string> Findings);
