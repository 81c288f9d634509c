using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Steps;

/// <summary>What Meta's errors mean for a number that is to be registered or verified, as stable codes.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes</remarks>
internal static class NumberStepCodes
{
    public const int PinMismatch = 133005;
    public const int NotVerified = 133006;

    public static string Of(GraphError error) => error.Code switch
    {
        33 => ErrorCodes.NumberDeleted,
        368 => ErrorCodes.AccountBlocked,
        130497 => ErrorCodes.CountryRestricted,
        131031 => ErrorCodes.AccountLocked,
        133000 => ErrorCodes.DeregisterIncomplete,
        PinMismatch => ErrorCodes.PinNeeded,
        NotVerified => ErrorCodes.CodeNeeded,
        133008 => ErrorCodes.PinLocked,
        133009 => ErrorCodes.PinTooFast,
        133010 => ErrorCodes.NotRegistered,
        133015 => ErrorCodes.NumberJustDeleted,
        133016 => ErrorCodes.RegisterLimit,
        136024 => ErrorCodes.AlreadyVerified,
        136025 => ErrorCodes.CodeWrong,

        // A code of a shape that no code has.
        100 when error is { Kind: GraphErrorKind.Rejected, Operation: "verify_code" } => ErrorCodes.CodeWrong,
        _ => StepCodes.Of(error),
    };
}
