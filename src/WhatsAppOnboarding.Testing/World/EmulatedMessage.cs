namespace WhatsAppOnboarding.Testing;

/// <summary>One message between a business phone number and a customer.</summary>
/// <param name="Id">The <c>wamid</c>.</param>
/// <param name="PhoneNumberId">The business phone number.</param>
/// <param name="FromBusiness">True: sent through the API. False: written by the customer.</param>
/// <param name="Customer">The customer's number, digits; empty when Meta would leave it out.</param>
/// <param name="CustomerName">The customer's profile name; null for messages of the business.</param>
/// <param name="Type">Meta's message type, for example <c>text</c>.</param>
/// <param name="Body">The text, or a template's name.</param>
/// <param name="At">When it was sent, by the emulator's clock.</param>
public sealed record EmulatedMessage(
    string Id,
    string PhoneNumberId,
    bool FromBusiness,
    string Customer,
    string? CustomerName,
    string Type,
    string Body,
    DateTimeOffset At);
