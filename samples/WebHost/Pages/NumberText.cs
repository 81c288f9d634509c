using WhatsAppOnboarding.PhoneNumbers;
using WhatsAppOnboarding.Status;

namespace WebHost.Pages;

/// <summary>A number's state in words, with the tone to show them in.</summary>
public static class NumberText
{
    public static (string Text, string Tone) State(PhoneNumberView number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number.State switch
        {
            "active" when !number.Connected => ("Not finished", "warn"),
            "active" => ("Connected", "good"),
            "paused" => ("Paused by Meta", "warn"),
            "reconnect_needed" => ("Reconnect needed", "bad"),
            _ => ("Disconnected", "off"),
        };
    }

    public static (string Text, string Tone) Quality(PhoneNumberView number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number.QualityRating.ToUpperInvariant() switch
        {
            "GREEN" => ("High quality", "good"),
            "YELLOW" => ("Medium quality", "warn"),
            "RED" => ("Low quality", "bad"),
            _ => ("Not rated yet", "off"),
        };
    }

    /// <summary>What an open step is about, as a noun.</summary>
    public static string Step(string step) => step switch
    {
        "subscribe" => "Receiving messages",
        "override" => "Way of messages",
        "unsubscribe" => "Stopping messages at Meta",
        "register" => "Registration",
        "verify" => "Verification",
        "sync_contacts" => "Contacts",
        "sync_history" => "Past messages",
        _ => "Setting up",
    };

    /// <summary>Several numbers in one line.</summary>
    public static string Summary(IReadOnlyCollection<PhoneNumberView> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var connected = numbers.Count(n => n.Connected);
        return connected == numbers.Count ? $"{connected} numbers connected" : $"{connected} of {numbers.Count} numbers connected";
    }

    public static string Gone(PhoneNumberView number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number.DisconnectReason switch
        {
            "requested" => "Disconnected at your request",
            "gone_at_meta" => "No longer in your account at Meta",
            "partner_removed" => "No longer shared with us at Meta",
            "app_uninstalled" => "Our app was removed at Meta",
            "account_deleted" => "Deleted at Meta",
            "deauthorized" => "Permission taken back at Meta",
            _ => "Disconnected",
        };
    }

    public static string Label(PhoneNumberView number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return (number.VerifiedName, number.DisplayPhone) switch
        {
            ({ Length: > 0 } name, { Length: > 0 } phone) => $"{name} ({phone})",
            (_, { Length: > 0 } phone) => phone,
            _ => $"Number {number.PhoneNumberId}",
        };
    }

    public static bool CanSend(PhoneNumberView number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number.State is "active" && !number.OpenSteps.Any(open => open.Step is StepNames.Register or StepNames.Verify);
    }
}
