using WhatsAppOnboarding.Testing.Faults;

namespace WhatsAppOnboarding.Testing;

/// <summary>How a message fails.</summary>
public sealed record EmulatedFailure
{
    /// <summary>A failure with one of Meta's codes for messages, for example 131026 (undeliverable) or 131042 (payment).</summary>
    public EmulatedFailure(int code) => Code = code;

    /// <summary>Meta's code.</summary>
    public int Code { get; init; }

    /// <summary>True: the call is refused with this code, and nothing is sent. False: the message is accepted, and its only status is <c>failed</c>.</summary>
    /// <value>False.</value>
    public bool AtOnce { get; init; }

    internal MetaRefusal Refusal => MetaRefusal.Find(Code) ?? new MetaRefusal(400, Code, "An emulated error");

    /// <summary>The code with Meta's words for it.</summary>
    public override string ToString() => $"{Refusal.Code} ({Refusal.Title})";
}
