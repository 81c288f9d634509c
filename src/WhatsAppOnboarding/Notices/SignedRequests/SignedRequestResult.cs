namespace WhatsAppOnboarding;

/// <summary>What came of reading a signed request.</summary>
/// <param name="Fault">Why it counts for nothing; <see cref="SignedRequestFault.None"/> when it counts.</param>
/// <param name="Content">What it says; null unless it counts.</param>
public sealed record SignedRequestResult(SignedRequestFault Fault, SignedRequestContent? Content)
{
    internal static SignedRequestResult Malformed { get; } = new(SignedRequestFault.Malformed, null);

    internal static SignedRequestResult BadSignature { get; } = new(SignedRequestFault.BadSignature, null);

    internal static SignedRequestResult Untimely { get; } = new(SignedRequestFault.Untimely, null);
}

/// <summary>Why a signed request counts for nothing.</summary>
public enum SignedRequestFault
{
    /// <summary>It counts.</summary>
    None,

    /// <summary>It is not a signed request, names no user or no time of issue, is that of a login, or is of another algorithm than HMAC-SHA256.</summary>
    Malformed,

    /// <summary>None of the app's secrets signed it.</summary>
    BadSignature,

    /// <summary>It has ended, or says that it was issued in the future.</summary>
    Untimely,
}
