namespace WhatsAppOnboarding.Testing.Popup;

/// <summary>The steps of the popup, with Meta's names.</summary>
internal sealed record SignupStep(int Number, string Name, string Title)
{
    public static IReadOnlyList<SignupStep> All { get; } =
    [
        new(1, "BUSINESS_ACCOUNT_SELECTION", "Choose your business and WhatsApp account"),
        new(2, "PHONE_NUMBER_SETUP", "Choose your phone number"),
        new(3, "PERMISSIONS", "Review what you allow"),
    ];

    public static SignupStep First => All[0];

    /// <summary>The step after this one; null: the signup ends.</summary>
    public SignupStep? Next => Number < All.Count ? All[Number] : null;

    public static SignupStep Find(string name) => All.FirstOrDefault(step => step.Name == name) ?? First;
}
