namespace WhatsAppOnboarding.Testing;

/// <summary>What of an ending reaches the page that opened the popup, and in which order. At Meta both orders are seen, and either half can be lost.</summary>
public enum PopupDelivery
{
    /// <summary>The session message, then the callback of <c>FB.login</c>.</summary>
    MessageThenCallback,

    /// <summary>The callback of <c>FB.login</c>, then the session message.</summary>
    CallbackThenMessage,

    /// <summary>The callback alone: the session message is lost.</summary>
    CallbackOnly,

    /// <summary>The session message alone: the code is lost, and the callback tells of none.</summary>
    MessageOnly,
}
