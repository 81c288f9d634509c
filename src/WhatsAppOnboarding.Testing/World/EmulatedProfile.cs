namespace WhatsAppOnboarding.Testing;

/// <summary>The business profile of a number, as customers see it. Null or empty: Meta leaves the field out.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-profiles</remarks>
public sealed class EmulatedProfile
{
    internal EmulatedProfile()
    {
    }

    /// <summary>The text below the name, 1 to 139 characters.</summary>
    /// <value>Null.</value>
    public string? About { get; set; }

    /// <summary>The address, at most 256 characters.</summary>
    /// <value>Null.</value>
    public string? Address { get; set; }

    /// <summary>What the business does, at most 512 characters.</summary>
    /// <value>Null.</value>
    public string? Description { get; set; }

    /// <summary>The email address, at most 128 characters.</summary>
    /// <value>Null.</value>
    public string? Email { get; set; }

    /// <summary>Where the picture lies.</summary>
    /// <value>Null: no picture. The API cannot set one here, for the emulator has no Resumable Upload API.</value>
    public string? PictureUrl { get; set; }

    /// <summary>At most two web addresses of at most 256 characters, with http or https.</summary>
    /// <value>Empty.</value>
    public IReadOnlyList<string> Websites { get; set; } = [];

    /// <summary>The industry, a word of Meta's list such as RETAIL.</summary>
    /// <value>Null.</value>
    public string? Vertical { get; set; }
}
