using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Graph;

/// <summary>What fills a placeholder of a template.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview</remarks>
public sealed class TemplateParameter
{
    private readonly string _component;
    private readonly int? _button;
    private readonly string? _kind;
    private readonly JsonObject _json;

    private TemplateParameter(string component, JsonObject json, int? button = null, string? kind = null) => (_component, _json, _button, _kind) = (component, json, button, kind);

    /// <summary>A text in the body: of the next placeholder, or of the one with a name where the template has names.</summary>
    public static TemplateParameter Text(string value, string? name = null) => new("body", TextOf(value, name));

    /// <summary>A text in the header, as <see cref="Text"/>.</summary>
    public static TemplateParameter HeaderText(string value, string? name = null) => new("header", TextOf(value, name));

    /// <summary>The picture, film, document or location of the header.</summary>
    public static TemplateParameter Header(MessageContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new("header", content.ToHeaderParameter(nameof(content)));
    }

    /// <summary>What the address of a link button ends in, also the code of an authentication template.</summary>
    /// <param name="index">The button, from 0.</param>
    /// <param name="ending">The text that takes the place of the placeholder.</param>
    public static TemplateParameter Link(int index, string ending) => Button(index, "url", TextOf(ending, null));

    /// <summary>What comes back by webhook when a quick-reply button is pressed.</summary>
    /// <param name="index">The button, from 0.</param>
    /// <param name="payload">The text that comes back.</param>
    public static TemplateParameter QuickReply(int index, string payload) =>
        Button(index, "quick_reply", new JsonObject { ["type"] = "payload", ["payload"] = Limit.Given(payload, 256, "The payload of a button", nameof(payload)) });

    /// <summary>The code that a button copies.</summary>
    /// <param name="index">The button, from 0.</param>
    /// <param name="code">The code.</param>
    public static TemplateParameter CouponCode(int index, string code) =>
        Button(index, "copy_code", new JsonObject { ["type"] = "coupon_code", ["coupon_code"] = Limit.Given(code, 20, "A coupon code", nameof(code)) });

    /// <summary>Where it goes. Never what it says.</summary>
    public override string ToString() => _component;

    internal static JsonArray Components(IEnumerable<TemplateParameter> parameters) => new([.. parameters
        .GroupBy(parameter => (parameter._component, parameter._button, parameter._kind))
        .Select(group =>
        {
            var component = new JsonObject { ["type"] = group.Key._component };
            if (group.Key._button is { } index)
            {
                component["sub_type"] = group.Key._kind;
                component["index"] = index.ToString(CultureInfo.InvariantCulture);
            }

            component["parameters"] = new JsonArray([.. group.Select(parameter => parameter._json.DeepClone())]);
            return component;
        })]);

    private static TemplateParameter Button(int index, string kind, JsonObject json) => index is >= 0 and < 10
        ? new("button", json, index, kind)
        : throw new ArgumentException("A template has at most ten buttons, counted from 0.", nameof(index));

    private static JsonObject TextOf(string value, string? name)
    {
        var json = new JsonObject { ["type"] = "text", ["text"] = Limit.Given(value, 1024, "A parameter", nameof(value)) };
        if (name is not null)
            json["parameter_name"] = name;
        return json;
    }
}

/// <summary>A message template of a WABA.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates</remarks>
public sealed record MessageTemplate
{
    /// <summary>The template's id.</summary>
    public required string Id { get; init; }

    /// <summary>The name that it is sent by.</summary>
    public required string Name { get; init; }

    /// <summary>Its language, such as <c>en_US</c>; one name may have several, each a template of its own.</summary>
    public required string Language { get; init; }

    /// <summary>Its status in Meta's word. Only <c>APPROVED</c> can be sent. Null when Meta did not say.</summary>
    public string? Status { get; init; }

    /// <summary>Its category in Meta's word: <c>MARKETING</c>, <c>UTILITY</c> or <c>AUTHENTICATION</c>. Null when Meta did not say.</summary>
    public string? Category { get; init; }

    /// <summary>Whether its placeholders have names instead of places.</summary>
    public bool HasNamedParameters { get; init; }

    /// <summary>Why it was rejected, in Meta's word; null when it was not.</summary>
    public string? RejectedReason { get; init; }

    /// <summary>Its parts in Meta's own JSON, an array; undefined when Meta did not say.</summary>
    public JsonElement Components { get; init; }
}

internal sealed record WireTemplate(
    string Id, string Name, string Language, string? Status = null, string? Category = null, string? ParameterFormat = null, string? RejectedReason = null, JsonElement Components = default)
{
    public static GraphPage<MessageTemplate>? Read(ReadOnlySpan<byte> json) => GraphPage.Read(json, GraphJson.Default.WireTemplate, wire => new MessageTemplate
    {
        Id = wire.Id,
        Name = wire.Name,
        Language = wire.Language,
        Status = wire.Status,
        Category = wire.Category,
        HasNamedParameters = wire.ParameterFormat == "NAMED",
        RejectedReason = wire.RejectedReason is "NONE" ? null : wire.RejectedReason,
        Components = wire.Components,
    });
}
