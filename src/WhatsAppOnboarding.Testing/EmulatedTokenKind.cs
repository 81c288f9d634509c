namespace WhatsAppOnboarding.Testing;

/// <summary>The kind of access token that the login configuration yields.</summary>
public enum EmulatedTokenKind
{
    /// <summary>A business integration system user token: tied to the customer's portfolio, without end unless <see cref="MetaEmulatorOptions.TokenLifetime"/> says otherwise.</summary>
    SystemUser,

    /// <summary>A person's short-lived token: about two hours, to be extended with <c>fb_exchange_token</c>.</summary>
    User,
}
