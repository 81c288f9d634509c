namespace WhatsAppOnboarding;

/// <summary>How the webhooks of the app are set up. Holds no secret.</summary>
/// <param name="NeededAddress">Where they must go: public origin and path.</param>
/// <param name="Address">Where they go; null when nowhere, or when it could not be read. Text from outside.</param>
/// <param name="IsActive">Whether Meta sends them; null when Meta did not say.</param>
/// <param name="Fields">The fields that come. Text from outside.</param>
/// <param name="Differences">What is not as needed; empty when all is.</param>
public sealed record WebhookSetupReport(
    string NeededAddress, string? Address, bool? IsActive, IReadOnlyList<string> Fields, IReadOnlyList<WebhookDifference> Differences)
{
    /// <summary>Whether all is as needed.</summary>
    public bool IsComplete => Differences.Count == 0;
}

/// <summary>One thing that is not as needed.</summary>
/// <param name="Code">Which: one of <see cref="WebhookDifferences"/>.</param>
/// <param name="Message">What is the matter, in a sentence for the operator.</param>
/// <param name="Action">What to do about it.</param>
public sealed record WebhookDifference(string Code, string Message, string Action)
{
    /// <summary>The field that it is about, if it is about one.</summary>
    public string? Field { get; init; }

    /// <summary>When a call failed: the stable code of why, one of <see cref="ErrorCodes"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Meta's error code, if Meta gave one.</summary>
    public int? MetaCode { get; init; }

    /// <summary>What to quote to Meta's support.</summary>
    public string? MetaTraceId { get; init; }
}

/// <summary>The stable codes of <see cref="WebhookDifference"/>.</summary>
public static class WebhookDifferences
{
    /// <summary>It could not be read how the webhooks are set up.</summary>
    public const string NotRead = "not_read";

    /// <summary>Meta did not take the address and fields.</summary>
    public const string NotApplied = "not_applied";

    /// <summary>There is no verify token, so no handshake can succeed.</summary>
    public const string VerifyTokenMissing = "verify_token_missing";

    /// <summary>The needed address is one that Meta cannot call.</summary>
    public const string AddressUnreachable = "address_unreachable";

    /// <summary>The app is not subscribed to what WhatsApp tells at all.</summary>
    public const string NotSubscribed = "not_subscribed";

    /// <summary>The webhooks go to another address.</summary>
    public const string AddressDiffers = "address_differs";

    /// <summary>Meta does not send the webhooks.</summary>
    public const string NotActive = "not_active";

    /// <summary>A field that is needed does not come.</summary>
    public const string FieldMissing = "field_missing";
}
