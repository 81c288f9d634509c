using System.Text.Json.Serialization;

namespace WhatsAppOnboarding.Connect;

/// <summary>What a <c>state</c> carries through Meta and back: whose attempt it is, how it may be finished, and until when.</summary>
internal sealed record ConnectState(
    string Id, string Account, string Way, DateTimeOffset ExpiresAt, string RedirectUri, string? ReturnPath, string? BrowserHash);

/// <summary>How an attempt may be finished.</summary>
internal static class ConnectWay
{
    /// <summary>By the callback on the server, in the browser that started it.</summary>
    public const string Browser = "browser";

    /// <summary>By a post of the account's own front end.</summary>
    public const string Api = "api";
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConnectState))]
internal sealed partial class ConnectStateJson : JsonSerializerContext;
