using System.Text.Json;
using System.Text.Json.Serialization;
using WhatsAppOnboarding.Graph;

namespace WebHost.Chat;

/// <summary>What a message is made of, whoever wrote it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A text, or the caption of a file.</param>
/// <param name="MediaId">Meta's id of the file.</param>
/// <param name="FileName">The name of a document.</param>
/// <param name="Details">What is neither.</param>
public sealed record ChatContent(MessageKind Kind, string Text, string? MediaId = null, string? FileName = null, MessageDetails? Details = null)
{
    public const int MaxName = 240;

    public static ChatContent Of(ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(message.Kind, message.Text, message.MediaId, message.FileName, MessageDetails.Read(message.Details));
    }

    public void PutInto(ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        (message.Kind, message.Text, message.MediaId, message.FileName, message.Details) = (Kind, Text, MediaId, FileName, Details?.Write());
    }

    /// <summary>As it is handed to Meta.</summary>
    /// <exception cref="ArgumentException">Meta would refuse it.</exception>
    public MessageContent ToMeta()
    {
        var caption = Text.Length is 0 ? null : Text;
        return Kind switch
        {
            MessageKind.Text => MessageContent.Text(Text),
            MessageKind.Image => MessageContent.Image(MediaId!, caption),
            MessageKind.Video => MessageContent.Video(MediaId!, caption),
            MessageKind.Audio or MessageKind.Voice => MessageContent.Audio(MediaId!),
            MessageKind.Document => MessageContent.Document(MediaId!, FileName, caption),
            MessageKind.Template when Details?.Template is { } template => template.ToMeta(),
            _ => throw new ArgumentException("Nothing of this kind is sent from here."),
        };
    }
}

/// <summary>What of a message is neither text nor file. Exactly one of them.</summary>
public sealed record MessageDetails
{
    public MapPlace? Place { get; init; }

    public IReadOnlyList<ContactCard>? Cards { get; init; }

    public IReadOnlyList<OrderItem>? Items { get; init; }

    public SentTemplate? Template { get; init; }

    /// <summary>Something that came and has no place here.</summary>
    public Unshown? Unshown { get; init; }

    /// <summary>Whether the text is the answers of a form.</summary>
    public bool? IsForm { get; init; }

    /// <summary>The digits of the customer's number from then on.</summary>
    public string? NewNumber { get; init; }

    public static MessageDetails? Read(string? json) => json is null ? null : JsonSerializer.Deserialize(json, DetailsJson.Default.MessageDetails);

    public string Write() => JsonSerializer.Serialize(this, DetailsJson.Default.MessageDetails);
}

/// <summary>What cannot be shown.</summary>
/// <param name="Kind">What it is; a text where the customer chose something, and Other where nobody knows.</param>
/// <param name="InApp">Whether it can be seen in the WhatsApp Business app. A number that is not in the app is in none: there is no place to send people to.</param>
public sealed record Unshown(MessageKind Kind, bool InApp);

/// <summary>A place on the map, in degrees.</summary>
public sealed record MapPlace(double Latitude, double Longitude, string? Name, string? Address);

/// <summary>Somebody whom the customer recommends.</summary>
public sealed record ContactCard(string Name, IReadOnlyList<string> Phones, IReadOnlyList<string> Emails);

/// <summary>Something that the customer orders.</summary>
public sealed record OrderItem(string Product, int Quantity, decimal Price, string Currency);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MessageDetails))]
internal sealed partial class DetailsJson : JsonSerializerContext;
