using System.Text.Json.Serialization;

namespace WhatsAppOnboarding.Connect;

/// <summary>What a <c>state</c> carries through Meta and back: whose attempt it is, how it may be finished, and until when.</summary>
internal sealed record ConnectState
{
    public required string Id { get; init; }

    /// <summary>The id that the attempt gets, known from the start so that its progress can be asked for.</summary>
    public required Guid AttemptId { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>One of <see cref="ConnectWay"/>.</summary>
    public required string Way { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The redirect URI of the dialog, to the letter; null for the popup, whose codes are exchanged without one.</summary>
    public string? RedirectUri { get; init; }

    public string? ReturnPath { get; init; }

    public string? BrowserHash { get; init; }

    /// <summary>The number that must be among those granted: its id, or its digits; null for any.</summary>
    public string? Expect { get; init; }
}

/// <summary>How an attempt may be finished.</summary>
internal static class ConnectWay
{
    /// <summary>By the callback on the server, in the browser that started it.</summary>
    public const string Browser = "browser";

    /// <summary>By a post of the account's own front end.</summary>
    public const string Api = "api";

    /// <summary>By a post of the page that opened Meta's popup.</summary>
    public const string Popup = "popup";

    /// <summary>No state: an attempt that chooses among what an earlier one was granted.</summary>
    public const string Choice = "choice";

    public static bool IsByPost(string way) => way is Api or Popup;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConnectState))]
internal sealed partial class ConnectStateJson : JsonSerializerContext;
