using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>The smallest part of a delivery that is handled by itself: one message, one status, one error, or else one change.</summary>
internal sealed class WebhookItem(WebhookChange change, ItemKind kind, JsonElement part)
{
    /// <summary>An id that is longer, or no plain text, is no id of Meta's; the item is then told by its hash.</summary>
    private const int MaxId = 120;

    private EventContent? _content;
    private string? _key;

    public WebhookChange Change => change;

    /// <summary>The list that it stood in; null when it is the whole value.</summary>
    public string? List => kind.List;

    /// <summary>The message, the status, the error, or else the whole value.</summary>
    public JsonElement Part => part;

    public EventContent Content => _content ??= kind.Read(change.Value, part);

    /// <summary>The same for the same item, however often and with whatever else it is delivered.</summary>
    public string Key => _key ??= NamedKey() ?? HashedKey();

    private string? NamedKey()
    {
        if (kind.IdOf(part) is not { Length: > 0 and <= MaxId } id || id.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return null;
        return $"{kind.Name}:{id}";
    }

    private string HashedKey()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{change.EntryText}\n{change.EntryTimeText}\n{change.Number}\n{change.Field}\n{kind.Name}\n"));
        hash.AppendData(JsonMarshal.GetRawUtf8Value(part));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
