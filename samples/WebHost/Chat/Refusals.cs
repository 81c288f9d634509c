using System.Text;
using WhatsAppOnboarding.Graph;

namespace WebHost.Chat;

/// <summary>Why Meta did not take or deliver a message and what to do, in words for the person who wrote it, with Meta's code.</summary>
/// <remarks>Codes: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes</remarks>
public static class Refusals
{
    /// <summary>The customer's last message is more than 24 hours ago.</summary>
    public const int TooLate = 131047;

    private const int MaxText = 200;

    public static string InWords(GraphError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var words = error.Kind switch
        {
            GraphErrorKind.TokenInvalid => "Meta no longer accepts this connection. Connect WhatsApp again.",
            GraphErrorKind.PermissionMissing => "Meta says that the permission to send messages is missing. Connect WhatsApp again and leave every permission ticked.",
            GraphErrorKind.NotFound => "Meta no longer shows this number to us. Connect WhatsApp again.",
            GraphErrorKind.AppMisconfigured => "This service's connection to Meta is not set up correctly. Tell the people who run it.",
            _ when error.Code is { } code && Known(code) is { } known => known,
            GraphErrorKind.Throttled => "Too many messages in a short time. Wait a minute, then send it again.",
            GraphErrorKind.Unavailable => "Meta has a temporary problem. Wait a minute, then send it again.",
            _ => "Meta did not take the message. Try again later.",
        };
        return WithCode(words, error.Code);
    }

    /// <param name="code">Meta's error code, if it gave one.</param>
    /// <param name="metaSays">Meta's own words, for a code that has none here.</param>
    public static string InWords(int? code, string? metaSays) => WithCode(
        code is { } given && Known(given) is { } known ? known
        : string.IsNullOrWhiteSpace(metaSays) ? "Meta could not deliver the message. Try again later."
        : $"Meta could not deliver the message and says: “{Plain(metaSays)}” Try again later.",
        code);

    private static string WithCode(string words, int? code) => code is > 0 ? $"{words} (Meta error {code})" : words;

    /// <summary>Somebody else's text: short, and nothing that a database refuses.</summary>
    private static string Plain(string text)
    {
        var runes = text.EnumerateRunes().Where(rune => !Rune.IsControl(rune) && rune != Rune.ReplacementChar).Take(MaxText);
        return string.Concat(runes).Trim();
    }

    private static string? Known(int code) => code switch
    {
        TooLate => "More than 24 hours have passed since this customer last wrote to you. WhatsApp lets you answer again once they write.",
        131026 => "This message could not be delivered. The number may not be on WhatsApp. Check it, or reach the customer another way.",
        131030 => "This test number may only write to recipients on its list. Add the number at Meta first.",
        131049 or 130472 => "WhatsApp held this message back so that the customer does not get too many. Try again another day.",
        131050 => "This customer has asked not to receive such messages. Answer them when they write to you.",
        131021 => "A number cannot write to itself. Enter a customer's number.",
        131008 or 131009 or 100 => "Meta did not accept the recipient or the text. Check the number and its country code.",
        130497 => "WhatsApp does not let businesses write to customers in that country from here. Reach the customer another way.",
        131042 => "Meta wants a payment method first. Add one in WhatsApp Manager.",
        131031 or 368 => "Meta has locked or restricted your WhatsApp account. Look in WhatsApp Manager for the reason.",
        131037 or 131045 or 133010 => "Meta has not finished setting up this number. Look in WhatsApp Manager for what is missing.",
        131005 or 10 or 190 => "Meta no longer lets this service send for you. Connect WhatsApp again.",
        131048 or 131064 => "Meta limits how much this number may send for now. Wait some hours.",
        131056 => "Too many messages to this customer in a short time. Wait a few seconds, then send it again.",
        4 or 80007 or 130429 => "Too many messages in a short time. Wait a minute, then send it again.",
        1 or 2 or 131000 or 131016 or 131057 or 133004 => "Meta has a temporary problem. Wait a minute, then send it again.",
        _ => null,
    };
}
