using System.Globalization;
using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Graph;

/// <summary>The calls that most hosts need once a number is connected: messages, files, templates, the business profile, the state of a number.</summary>
/// <remarks>Arguments that Meta certainly refuses are an <see cref="ArgumentException"/> at once. What sends or creates is never repeated by itself.</remarks>
public static partial class WhatsAppCalls
{
    /// <summary>
    /// Sends a message. All but templates work only within 24 hours of the recipient's last message; never repeated by itself, since it might arrive twice.
    /// </summary>
    /// <remarks>
    /// Success means accepted, not delivered: that comes by webhook.
    /// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
    /// </remarks>
    /// <param name="token">The customer's token.</param>
    /// <param name="from">The number to send from, by its id.</param>
    /// <param name="to">Whom to send to.</param>
    /// <param name="content">What to send.</param>
    /// <param name="replyTo">The id of the message that is answered and quoted, or null.</param>
    /// <param name="callbackData">Up to 512 characters that come back with each status of this message (<c>biz_opaque_callback_data</c>), or null.</param>
    public static GraphCall<SentMessage> SendMessage(
        AccessToken token, PhoneNumberId from, MessageRecipient to, MessageContent content, string? replyTo = null, string? callbackData = null)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(content);
        var message = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["recipient_type"] = "individual",
            [to.Member] = to.Value,
            ["type"] = content.Type,
            [content.Type] = content.ToJson(),
        };
        if (replyTo is not null)
            message["context"] = new JsonObject { ["message_id"] = Limit.Given(replyTo, 512, "The id of the message that is answered", nameof(replyTo)) };
        if (callbackData is not null)
            message["biz_opaque_callback_data"] = Limit.Given(callbackData, 512, "The callback data", nameof(callbackData));
        return new("send_message", HttpMethod.Post, $"{from}/messages", GraphCredential.Of(token), WireSent.Read) { Body = GraphBody.Json(message) };
    }

    /// <summary>Marks a customer's message, and all before it, as read, and shows for up to 25 seconds that an answer is being written, if asked to. May be repeated.</summary>
    /// <remarks>
    /// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/mark-message-as-read and
    /// https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators
    /// </remarks>
    public static GraphCall<GraphDone> MarkAsRead(AccessToken token, PhoneNumberId number, string messageId, bool showTyping = false)
    {
        var body = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["status"] = "read",
            ["message_id"] = Limit.Given(messageId, 512, "The id of the message", nameof(messageId)),
        };
        if (showTyping)
            body["typing_indicator"] = new JsonObject { ["type"] = "text" };
        return GraphCall.Post("mark_as_read", $"{number}/messages", token, GraphBody.Json(body), mayRepeat: true);
    }

    /// <summary>Lists the message templates of a WABA, up to 100 on a page: all, or those of a name, status, language or category.</summary>
    /// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates</remarks>
    /// <param name="token">The customer's token.</param>
    /// <param name="waba">The WABA.</param>
    /// <param name="after">The cursor to go on from, or null for the first page.</param>
    /// <param name="name">The name, or null for any.</param>
    /// <param name="status">The status in Meta's word, such as <c>APPROVED</c>, or null for any.</param>
    /// <param name="language">The language, such as <c>en_US</c>, or null for any.</param>
    /// <param name="category">The category in Meta's word, such as <c>UTILITY</c>, or null for any.</param>
    public static GraphCall<GraphPage<MessageTemplate>> ListTemplates(
        AccessToken token, WabaId waba, string? after = null, string? name = null, string? status = null, string? language = null, string? category = null) =>
        new("list_templates", HttpMethod.Get, $"{waba}/message_templates", GraphCredential.Of(token), WireTemplate.Read)
        {
            Query =
            [
                ("fields", "id,name,language,status,category,parameter_format,components,rejected_reason"),
                ("limit", "100"),
                ("after", after),
                ("name", name),
                ("status", status),
                ("language", language),
                ("category", category),
            ],
        };

    /// <summary>Reads what customers see of a business when they open its profile.</summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/business-profiles</remarks>
    public static GraphCall<BusinessProfile> ReadProfile(AccessToken token, PhoneNumberId number) =>
        new("read_business_profile", HttpMethod.Get, $"{number}/whatsapp_business_profile", GraphCredential.Of(token), WireProfile.Read)
        {
            Query = [("fields", "about,address,description,email,profile_picture_url,websites,vertical")],
        };

    /// <summary>Changes what is given of a profile and leaves what is null; an empty text takes the old one away. Never repeated by itself.</summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/business-profiles</remarks>
    public static GraphCall<GraphDone> UpdateProfile(AccessToken token, PhoneNumberId number, BusinessProfile changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return GraphCall.Post("update_business_profile", $"{number}/whatsapp_business_profile", token, GraphBody.Json(WireProfile.Write(changes)));
    }

    /// <summary>
    /// Asks Meta for another name than the one that customers see, of 2 to 75 characters. Meta reviews it: the outcome comes by webhook (<c>phone_number_name_update</c>) and stands in the
    /// status; once it is approved, the number has to be registered again within 14 days. Meta takes ten in 30 days, so it is never repeated by itself.
    /// </summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/display-names</remarks>
    /// <param name="token">The customer's token.</param>
    /// <param name="number">The number.</param>
    /// <param name="name">The name, as customers are to see it.</param>
    public static GraphCall<GraphDone> RequestDisplayName(AccessToken token, PhoneNumberId number, string name)
    {
        const int Shortest = 2, Longest = 75;
        if (Limit.Given(name, Longest, "The name", nameof(name)).Length < Shortest)
            throw new ArgumentException($"The name has at least {Shortest} characters.", nameof(name));
        return GraphCall.Post("request_display_name", number.ToString(), token, GraphBody.Json(new JsonObject { ["new_display_name"] = name }));
    }

    /// <summary>
    /// Reads a number with what decides whether it can send: health by entity, messaging limit, throughput, the name's review. When Meta does not know a
    /// field, it is asked once more without naming any; what is then missing is unknown.
    /// </summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/health-status</remarks>
    public static GraphCall<NumberDetails> ReadNumber(AccessToken token, PhoneNumberId number) =>
        new("read_number_details", HttpMethod.Get, number.ToString(), GraphCredential.Of(token), json => WireNumberDetails.Read(json, number))
        {
            Fields = options => options.PhoneNumberFields + ",throughput,whatsapp_business_manager_messaging_limit,health_status",
        };
}

/// <summary>What Meta certainly refuses is refused at once. No message repeats the value.</summary>
internal static class Limit
{
    public static string Given(string value, int longest, string what, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, parameter);
        return Text(value, longest, what, parameter)!;
    }

    public static string? Text(string? value, int longest, string what, string parameter) => value is null || value.Length <= longest
        ? value
        : throw new ArgumentException($"{what} has at most {longest.ToString("N0", CultureInfo.InvariantCulture)} characters.", parameter);

    public static string Link(Uri link, string parameter)
    {
        ArgumentNullException.ThrowIfNull(link, parameter);
        return link is { IsAbsoluteUri: true, Scheme: "https" or "http" } ? link.AbsoluteUri : throw new ArgumentException("A link must be absolute, by http or https.", parameter);
    }

    public static string Id(string id, string what, string parameter) =>
        GraphId.IsValid(id) ? id : throw new ArgumentException($"{what} is 1 to {GraphId.MaxLength} ASCII digits.", parameter);
}
