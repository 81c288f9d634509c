using System.Security.Cryptography;

namespace WhatsAppOnboarding.Testing;

/// <summary>A file at Meta: uploaded through the API, or sent by a customer.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media</remarks>
public sealed class EmulatedMedia
{
    internal EmulatedMedia(string id, EmulatedNumber number, ReadOnlyMemory<byte> content, string mimeType, string? fileName, bool fromCustomer, DateTimeOffset at)
    {
        Id = id;
        Number = number;
        Content = content;
        MimeType = mimeType;
        FileName = fileName;
        IsFromCustomer = fromCustomer;
        ExpiresAt = at.AddDays(fromCustomer ? 7 : 30);
    }

    /// <summary>The media id, digits.</summary>
    public string Id { get; }

    /// <summary>The business phone number that it belongs to.</summary>
    public EmulatedNumber Number { get; }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The MIME type, for example <c>image/jpeg</c>.</summary>
    public string MimeType { get; }

    /// <summary>The name of the file.</summary>
    /// <value>Null: not told.</value>
    public string? FileName { get; }

    /// <summary>True: sent by a customer. False: uploaded through the API.</summary>
    public bool IsFromCustomer { get; }

    /// <summary>When its id ends, by the emulator's clock: 30 days after an upload, 7 days after a customer sent it.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>SHA-256 of the bytes, as webhooks write it: Base64.</summary>
    internal string Base64Hash => Convert.ToBase64String(SHA256.HashData(Content.Span));

    /// <summary>SHA-256 of the bytes, as the media API writes it: hexadecimal.</summary>
    internal string HexHash => Convert.ToHexStringLower(SHA256.HashData(Content.Span));

    /// <summary>Type and size; never the bytes.</summary>
    public override string ToString() => $"{MimeType}, {Content.Length} bytes";
}
