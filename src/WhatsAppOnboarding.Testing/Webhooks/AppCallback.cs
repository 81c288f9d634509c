namespace WhatsAppOnboarding.Testing.Webhooks;

/// <summary>The app's own callback and the fields that it is subscribed to.</summary>
internal sealed class AppCallback(MetaEmulatorOptions options)
{
    /// <summary>Null: webhooks go nowhere.</summary>
    public Uri? Address { get; private set; } = options.WebhookCallback;

    /// <summary>The verify token of a handshake that was not made yet.</summary>
    public string? VerifyTokenDue { get; private set; } = options.WebhookVerifyToken;

    /// <summary>Null: all.</summary>
    public IReadOnlyList<string>? Fields { get; set; }

    public bool Hears(string field) => Fields is not { } fields || fields.Contains(field);

    public void Set(Uri address)
    {
        Address = address;
        VerifyTokenDue = null;
    }

    public void HandshakeDone() => VerifyTokenDue = null;

    /// <summary>Unsubscribes from these fields; without any left there is no callback either.</summary>
    public void Drop(IReadOnlyList<string> fields)
    {
        var left = (Fields ?? WebhookFields.All).Except(fields).ToList();
        (Fields, Address) = left.Count == 0 ? (null, null) : (left, Address);
    }
}
