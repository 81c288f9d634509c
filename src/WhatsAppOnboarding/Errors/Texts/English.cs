namespace WhatsAppOnboarding.Errors;

/// <summary>English.</summary>
internal static partial class English
{
    private const string Connect = "Connect WhatsApp";
    private const string StartAgain = $"Press {Connect} to start again.";
    private const string TryLater = $"Wait a few minutes, then press {Connect} again.";
    private const string TellOperator = "Tell the people who run this service; they need to check their Meta app.";

    public static Language Texts { get; } = Language.Of(
        "en",
        [
            (WordKinds.Error, Errors), (WordKinds.Step, Steps), (WordKinds.Done, DoneSteps), (WordKinds.Finding, Findings), (WordKinds.Disconnect, Disconnects),
            (WordKinds.Notice, Notices), (WordKinds.Restriction, Restrictions), (WordKinds.Standing, States), (WordKinds.Outcome, Outcomes), (WordKinds.Readiness, Readinesses),
        ],
        [(WordKinds.Step, StepLabels), (WordKinds.Page, Pages), (WordKinds.Component, Labels)]);

    private static Dictionary<string, (string Message, string Action)> States => new()
    {
        ["active"] = ("The number is connected.", "You can send and receive messages with it."),
        ["unfinished"] = ("The number is not ready yet.", $"Finish its open steps. If there is none, press {Connect} again."),
        ["paused"] = ("Meta has paused sending with this number.", "It goes on by itself, usually within minutes; what customers write still arrives."),
        ["paused.access"] = ("Sending is stopped while Meta is asked whether this number may still be used here.", "That takes minutes; what customers write still arrives."),
        ["reconnect_needed"] = ("The stored access to this number can no longer be used.", $"Press {Connect} to grant it again."),
        ["other"] = ("How the number stands is not known.", "Reload the page to see how the number stands."),
    };

    private static Dictionary<string, (string Message, string Action)> Outcomes => new()
    {
        ["connected"] = ("WhatsApp is connected.", "You can write to your customers now."),
        ["incomplete"] = ("Your numbers are saved, but a step at Meta is still open.", "Look at your numbers: each says what is still to be done."),
        ["choose"] = ("Choose the numbers that you want to connect.", "Tick them and confirm; nothing is connected before that."),
        ["disconnected"] = ("WhatsApp is disconnected.", $"To have it back, press {Connect}."),
        ["disconnected_here"] = ("WhatsApp is disconnected here; Meta could not be told.", "You need do nothing: it is tried again by itself. Nothing is sent or received meanwhile."),
        ["other"] = ("The attempt has ended.", "Look at your numbers to see how they stand."),
    };

    private static Dictionary<string, (string Message, string Action)> Steps => new()
    {
        ["subscribe"] = ("Meta does not deliver messages yet. {0}", $"Press {Connect} again to repeat this step."),
        ["unsubscribe"] = ("Meta was not told yet. {0}", "You need do nothing: it is tried again by itself. Nothing is sent or received meanwhile."),
        ["deregister"] = ("The number is still registered for the API. {0}", "If it must be deregistered, connect it again and disconnect it once more, or do it in WhatsApp Manager."),
        ["register"] = ("The number cannot send or receive yet. {0}", "Register it."),
        ["sync_contacts"] = ("The contacts of the WhatsApp Business app are not copied yet. {0}", "Repeat this step within a day of connecting; everything else works without it."),
        ["sync_history"] = ("The messages of the WhatsApp Business app are not copied yet. {0}", "Repeat this step within a day of connecting; everything else works without it."),
    };

    private static Dictionary<string, (string Message, string Action)> DoneSteps => new()
    {
        ["request_code"] = ("Meta has sent a code to the number.", "Enter it within ten minutes; the number is then registered, unless something at Meta stands against it."),
        ["verify_code"] = ("The number is verified.", "See whether a step of the number is left."),
        ["register"] = ("The number is registered.", "You can send and receive messages with it."),
        ["subscribe"] = ("Messages arrive here now.", "Have somebody write to the number to see it."),
        ["sync_contacts"] = ("Meta has been asked. The contacts of the WhatsApp Business app follow by themselves.", "Keep that app open until they are here."),
        ["sync_history"] = ("Meta has been asked. The messages of the WhatsApp Business app follow by themselves.", "Keep the phone with that app switched on until they are here."),
        ["other"] = ("The step is done.", "See whether another step of the number is left."),
    };

    private static Dictionary<string, string> StepLabels => new()
    {
        ["meta_code"] = "Meta's error code is {0}.",
        ["once"] = "Meta takes this request only once.",
        ["register.tries"] = "Registering spends one of the {0} registrations that Meta takes for a number in {1} hours. Left: {2}.",
        ["verify.tries"] = "Asking for a code spends one of the {0} codes that Meta sends to a number in {1} hours. Left: {2}.",
        ["register.later"] = "Wait a few minutes, then register it.",
        ["register.then"] = "After that, register it.",
        ["verify.later"] = "Wait a few minutes, then ask for a code again.",
        ["verify.then"] = "After that, ask for a code again.",
        ["unsubscribe.then"] = "Remove this service yourself in the settings of your WhatsApp account at business.facebook.com; nothing is sent or received meanwhile.",
        ["subscribe.name"] = "Receiving messages",
        ["unsubscribe.name"] = "Stopping messages at Meta",
        ["deregister.name"] = "Deregistration",
        ["register.name"] = "Registration",
        ["verify.name"] = "Verification",
        ["sync_contacts.name"] = "Contacts",
        ["sync_history.name"] = "Past messages",
        ["signup.name"] = "Meta's window",
        ["exchange.name"] = "Taking over the access",
        ["inspect.name"] = "Checking the access",
        ["extend.name"] = "Extending the access",
        ["discover.name"] = "Finding the WhatsApp accounts",
        ["list.name"] = "Listing the numbers",
        ["save.name"] = "Saving",
        ["request_code.name"] = "Code by SMS or call",
        ["verify_code.name"] = "Checking the code",
        ["other.name"] = "Setting up",
    };

    private static Dictionary<string, string> Pages => new()
    {
        ["connect"] = Connect,
        ["go_on"] = "Go on",
        ["link_refused"] = "This link cannot be used now",
        ["link_title"] = "Connect a WhatsApp number to {0}",
        ["link_setup"] = "{0} asks you to connect a WhatsApp Business number: what customers write to it then arrives at {0}, and is answered from there.",
        ["link_reconnect"] = "{0} asks you to grant access to a WhatsApp Business number once more.",
        ["link_only"] = "The number that is meant, and the only one that this link connects:",
        ["link_expected"] = "The number that is meant:",
        ["link_how"] = "Meta asks you to sign in and what to share. You need to be an admin of the business portfolio that the number belongs to; you need no account here.",
        ["link_until"] = "This link works once, until {0:D}, {0:t} UTC.",
        ["link_working"] = "This page looks again by itself.",
        ["link_done"] = "{0} can use it now. You can close this page.",
        ["link_incomplete"] = "A step is still open. {0} sees which one; you can close this page.",
        ["deletion_done"] = "Your request to delete data is done.",
        ["deletion_what"] = "This service no longer notes which Facebook user gave it access. Access that you took back at Facebook is deleted here as soon as Facebook confirms it.",
        ["deletion_rest"] = "Numbers and messages belong to the business that connected them. To have those deleted, ask that business or the people who run this service.",
    };
}
