using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using WhatsAppOnboarding.Graph;

namespace WebHost.Chat;

/// <summary>Why Meta did not take or deliver a message and what to do, in words for the person who wrote it, with Meta's code.</summary>
/// <remarks>Codes: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes</remarks>
public static class Refusals
{
    private const int MaxText = 200;

    /// <summary>As it is kept: Meta's kind and code, so that whoever reads it later does so in their own language.</summary>
    public static string Note(GraphError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return $"{error.Kind}|{error.Code}|";
    }

    /// <param name="code">Meta's error code, if it gave one.</param>
    /// <param name="metaSays">Meta's own words, for a code that has none here.</param>
    public static string Note(int? code, string? metaSays) => $"|{code}|{Plain(metaSays ?? "")}";

    public static string InWords(GraphError error, IStringLocalizer words) => InWords(Note(error), words);

    /// <summary>What was noted, in words.</summary>
    public static string InWords(string note, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(words);
        // What an earlier version kept is words already.
        if (note.Split('|', 3) is not [var kind, var number, var says])
            return note;
        int? code = int.TryParse(number, CultureInfo.InvariantCulture, out var given) && given > 0 ? given : null;
        var known = code is { } one ? Known(one, words) : null;
        var text = kind switch
        {
            nameof(GraphErrorKind.TokenInvalid) => words["Meta no longer accepts this connection. Connect WhatsApp again."],
            nameof(GraphErrorKind.PermissionMissing) => words["Meta says that the permission to send messages is missing. Connect WhatsApp again and leave every permission ticked."],
            nameof(GraphErrorKind.NotFound) => words["Meta no longer shows this number to us. Connect WhatsApp again."],
            nameof(GraphErrorKind.AppMisconfigured) => words["This service's connection to Meta is not set up correctly. Tell the people who run it."],
            _ when known is not null => known,
            nameof(GraphErrorKind.Throttled) => words["Too many messages in a short time. Wait a minute, then send it again."],
            nameof(GraphErrorKind.Unavailable) => words["Meta has a temporary problem. Wait a minute, then send it again."],
            "" when says.Length > 0 => words["Meta could not deliver the message and says: “{0}” Try again later.", says],
            "" => words["Meta could not deliver the message. Try again later."],
            _ => words["Meta did not take the message. Try again later."],
        };
        return code is null ? text : words["{0} (Meta error {1})", text, code];
    }

    /// <summary>Somebody else's text: short, and nothing that a database refuses.</summary>
    private static string Plain(string text)
    {
        var runes = text.EnumerateRunes().Where(rune => !Rune.IsControl(rune) && rune != Rune.ReplacementChar).Take(MaxText);
        return string.Concat(runes).Trim();
    }

    private static LocalizedString? Known(int code, IStringLocalizer words) => code switch
    {
        131047 => words["More than 24 hours have passed since this customer last wrote to you. WhatsApp lets you answer again once they write."],
        131026 => words["This message could not be delivered. The number may not be on WhatsApp. Check it, or reach the customer another way."],
        131030 => words["This test number may only write to recipients on its list. Add the number at Meta first."],
        131049 or 130472 => words["WhatsApp held this message back so that the customer does not get too many. Try again another day."],
        131050 => words["This customer has asked not to receive such messages. Answer them when they write to you."],
        131021 => words["A number cannot write to itself. Enter a customer's number."],
        131008 or 131009 or 100 => words["Meta did not accept the recipient or the text. Check the number and its country code."],
        130497 => words["WhatsApp does not let businesses write to customers in that country from here. Reach the customer another way."],
        131042 => words["Meta wants a payment method first. Add one in WhatsApp Manager."],
        131031 or 368 => words["Meta has locked or restricted your WhatsApp account. Look in WhatsApp Manager for the reason."],
        131037 or 131045 or 133010 => words["Meta has not finished setting up this number. Look in WhatsApp Manager for what is missing."],
        131005 or 10 or 190 => words["Meta no longer lets this service send for you. Connect WhatsApp again."],
        131048 or 131064 => words["Meta limits how much this number may send for now. Wait some hours."],
        131056 => words["Too many messages to this customer in a short time. Wait a few seconds, then send it again."],
        4 or 80007 or 130429 => words["Too many messages in a short time. Wait a minute, then send it again."],
        1 or 2 or 131000 or 131016 or 131057 or 133004 => words["Meta has a temporary problem. Wait a minute, then send it again."],
        _ => null,
    };
}
