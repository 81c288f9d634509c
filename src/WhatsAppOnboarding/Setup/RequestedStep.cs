using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding;

/// <summary>The steps that an account may ask for.</summary>
public static class RequestedStep
{
    /// <summary>Subscribe the app to the number's WABA.</summary>
    public const string Subscribe = StepNames.Subscribe;

    /// <summary>Have the messages of the number's WABA sent to its own address.</summary>
    public const string Override = StepNames.Override;

    /// <summary>Register the number.</summary>
    public const string Register = StepNames.Register;

    /// <summary>Have a verification code sent to the number.</summary>
    public const string RequestCode = "request_code";

    /// <summary>Hand in the verification code; the number is then registered if it can be.</summary>
    public const string VerifyCode = "verify_code";

    /// <summary>Ask for the contacts in the WhatsApp Business app.</summary>
    public const string SyncContacts = StepNames.SyncContacts;

    /// <summary>Ask for the messages in the WhatsApp Business app.</summary>
    public const string SyncHistory = StepNames.SyncHistory;

    /// <summary>Whether there is such a step.</summary>
    public static bool Exists(string? step) => step is Subscribe or Override or Register or RequestCode or VerifyCode or SyncContacts or SyncHistory;

    internal static NumberCallLimit? LimitOf(string step) => step switch
    {
        Register => NumberCallLimit.Register,
        RequestCode => NumberCallLimit.RequestCode,
        VerifyCode => NumberCallLimit.VerifyCode,
        _ => null,
    };
}
