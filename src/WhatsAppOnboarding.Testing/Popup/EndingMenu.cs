namespace WhatsAppOnboarding.Testing.Popup;

/// <summary>The endings that a person can try, by the value of their button.</summary>
internal static class EndingMenu
{
    public static IReadOnlyList<(string Value, string Label, PopupEnding Ending)> All { get; } =
    [
        ("finish", "Finish with a number (FINISH)", PopupEnding.Finish),
        ("only-waba", "Finish without a number (FINISH_ONLY_WABA)", PopupEnding.FinishOnlyWaba),
        ("several", "Finish with all accounts of the portfolio (FINISH, waba_ids)", PopupEnding.FinishSeveral),
        ("coexistence", "Finish with a number on the Business app (FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING)", PopupEnding.FinishCoexistence),
        ("migration", "Finish a migration (FINISH_OBO_MIGRATION)", PopupEnding.FinishMigration),
        ("app-only", "Finish an app-only install (FINISH_GRANT_ONLY_API_ACCESS)", PopupEnding.FinishAppOnly),
        ("unknown", "Finish in a way nobody knows (FINISH_SOMETHING_NEW)", PopupEnding.FinishUnknown("FINISH_SOMETHING_NEW")),
        ("message-first", "Finish, message before callback", PopupEnding.Finish with { Delivery = PopupDelivery.MessageThenCallback }),
        ("callback-first", "Finish, callback before message", PopupEnding.Finish with { Delivery = PopupDelivery.CallbackThenMessage }),
        ("message-lost", "Finish, message lost", PopupEnding.Finish with { Delivery = PopupDelivery.CallbackOnly }),
        ("code-lost", "Finish, code lost", PopupEnding.Finish with { Delivery = PopupDelivery.MessageOnly }),
        ("report", "Report an error and leave (CANCEL with error_code)", PopupEnding.CancelWithReport),
        ("error", "Fail (ERROR)", PopupEnding.Error),
        ("close", "Close without a word", PopupEnding.Close),
    ];

    public static PopupEnding? Find(string value, SignupStep step) => value == "cancel"
        ? PopupEnding.Cancel(step.Name)
        : All.FirstOrDefault(item => item.Value == value).Ending;
}
