using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace WhatsAppOnboarding.Connect;

/// <summary>Signs and encrypts the state, so that nobody else can make one or read one.</summary>
internal sealed class StateProtection(IDataProtectionProvider provider)
{
    private const int MaxLength = 4096;

    private readonly IDataProtector _protector = provider.CreateProtector("WhatsAppOnboarding", "state.v1");

    public string Protect(ConnectState state) => _protector.Protect(JsonSerializer.Serialize(state, ConnectStateJson.Default.ConnectState));

    /// <summary>The state, or null when it was not made here or cannot be read any more.</summary>
    public ConnectState? Unprotect(string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength })
            return null;
        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(text), ConnectStateJson.Default.ConnectState);
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            return null;
        }
    }
}
