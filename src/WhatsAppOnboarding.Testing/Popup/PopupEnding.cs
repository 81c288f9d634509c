using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Popup;

namespace WhatsAppOnboarding.Testing;

/// <summary>One way in which an Embedded Signup popup ends.</summary>
public sealed record PopupEnding
{
    private PopupEnding(string? name, bool grants, Func<SignupOutcome, JsonObject> data)
    {
        Event = name;
        Grants = grants;
        Data = data;
    }

    /// <summary>FINISH: an account and a number.</summary>
    public static PopupEnding Finish { get; } = new("FINISH", true, SessionData.Full);

    /// <summary>FINISH for several WABAs, listed in <c>waba_ids</c>.</summary>
    public static PopupEnding FinishSeveral { get; } = new("FINISH", true, SessionData.Several) { TakesAllWabas = true };

    /// <summary>FINISH_ONLY_WABA: an account without a number.</summary>
    public static PopupEnding FinishOnlyWaba { get; } = new("FINISH_ONLY_WABA", true, SessionData.Waba) { TakesNumber = false };

    /// <summary>FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING: a number that stays in the WhatsApp Business app; it is made if the WABA has none.</summary>
    public static PopupEnding FinishCoexistence { get; } = new("FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING", true, SessionData.Waba) { IsCoexistence = true };

    /// <summary>FINISH_OBO_MIGRATION: an on-behalf-of account was migrated; the message names nothing.</summary>
    public static PopupEnding FinishMigration { get; } = new("FINISH_OBO_MIGRATION", true, SessionData.None);

    /// <summary>FINISH_GRANT_ONLY_API_ACCESS: an app-only install.</summary>
    public static PopupEnding FinishAppOnly { get; } = new("FINISH_GRANT_ONLY_API_ACCESS", true, SessionData.Full);

    /// <summary>ERROR: something went wrong in the flow.</summary>
    public static PopupEnding Error { get; } = new("ERROR", false, SessionData.Report);

    /// <summary>CANCEL by a person who reported an error.</summary>
    public static PopupEnding CancelWithReport { get; } = new("CANCEL", false, SessionData.Report);

    /// <summary>The window is closed without a word, as by its X on the first screen.</summary>
    public static PopupEnding Close { get; } = new(null, false, SessionData.None);

    /// <summary>The <c>event</c> of the session message.</summary>
    /// <value>Null: there is no message.</value>
    public string? Event { get; }

    /// <summary>What of it reaches the app, and in which order.</summary>
    /// <value>Null: as <see cref="PopupScript.Delivery"/> says.</value>
    public PopupDelivery? Delivery { get; init; }

    /// <summary>The WABAs granted when <see cref="PopupScript.Next"/> ends the popup.</summary>
    /// <value>Null: the oldest one, or all for <see cref="FinishSeveral"/>.</value>
    public IReadOnlyList<string>? WabaIds { get; init; }

    /// <summary>The number chosen when <see cref="PopupScript.Next"/> ends the popup.</summary>
    /// <value>Null: the oldest one of the first WABA.</value>
    public string? PhoneNumberId { get; init; }

    internal bool Grants { get; }

    internal Func<SignupOutcome, JsonObject> Data { get; }

    internal bool TakesAllWabas { get; private init; }

    internal bool TakesNumber { get; private init; } = true;

    internal bool IsCoexistence { get; private init; }

    /// <summary>CANCEL by a person who left at a step, for example <c>PHONE_NUMBER_SETUP</c>.</summary>
    public static PopupEnding Cancel(string currentStep) =>
        new("CANCEL", false, _ => new JsonObject { ["current_step"] = currentStep });

    /// <summary>A successful ending that nobody has heard of yet, for example <c>FINISH_SOMETHING_NEW</c>; its data has a shape of its own.</summary>
    public static PopupEnding FinishUnknown(string name) => new(name, true, SessionData.Strange);

    internal void Check(MetaWorld world)
    {
        if (WabaIds?.FirstOrDefault(id => world.FindWaba(id) is null) is { } waba)
            throw new ArgumentException($"No WABA has the id {waba}. Add it to the world first.");
        if (PhoneNumberId is { } number && world.FindNumber(number) is null)
            throw new ArgumentException($"No number has the id {number}. Add it to the world first.");
    }
}
