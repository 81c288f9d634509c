using static WhatsAppOnboarding.ErrorCodes;

namespace WhatsAppOnboarding.Graph;

/// <content>Errors of the calls that verify and register a number.</content>
internal static partial class MetaErrors
{
    private static MetaErrorRow[] Numbers =>
    [
        new("register_number", 133000, null, DeregisterIncomplete, "The number was deregistered before, but not completely."),
        new("register_number", 133005, null, PinNeeded, "The number has a PIN already, and it is another one."),
        new("register_number", 133006, null, CodeNeeded, "The number must be verified by a code first."),
        new("register_number", 133008, null, PinLocked, "Too many wrong PINs were tried."),
        new("register_number", 133009, null, PinTooFast, "PINs were tried too fast."),
        new("register_number", 133015, null, NumberJustDeleted, "The number was deleted less than five minutes ago."),
        new("register_number", 133016, null, RegisterLimit, "The number was registered or deregistered more than ten times in 72 hours."),
        new("register_number", 136025, null, OnBusinessApp, "The number is in use in the WhatsApp Business app and is not registered."),
        new("request_code", 136024, null, AlreadyVerified, "No code is sent, in most cases because the number is verified."),
        new("request_code", 136024, 2388091, CodeLimit, "Codes were asked for too fast."),
        new("request_code", 136024, 2388367, CodeLimit, "Too many codes were asked for."),
        new("verify_code", 100, null, CodeWrong, "The code does not look like one."),
        new("verify_code", 100, 33, MetaNotFound, "The number is gone, or hidden from the token."),
        new("verify_code", 136025, null, CodeWrong, "The code is wrong or too old."),
    ];
}
