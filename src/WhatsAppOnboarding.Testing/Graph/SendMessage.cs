using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Faults;
using WhatsAppOnboarding.Testing.Graph.Messages;
using WhatsAppOnboarding.Testing.World;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>POST {phone}/messages</c>. 200 means accepted; what became of it comes as <c>statuses</c> webhooks.</summary>
internal static class SendMessage
{
    public static JsonObject Answer(GraphRequest request)
    {
        var token = request.RequireToken();
        var number = request.RequireNumber(token);
        token.RequireScope("whatsapp_business_messaging", code: 10);
        request.RequireWhatsApp();
        if (request.Parameters.Body["status"] is not null)
            return MarkAsRead.Answer(request, number);

        var recipient = Recipient.Read(request);
        var content = MessageContent.Read(request, number, recipient);
        if ((number.SendRefusal ?? Restriction(number.Waba, content)) is { } code)
            throw MetaRefusal.Of(code).ToFailure();
        var planned = number.TakeNextFailure();
        if (planned is { AtOnce: true })
            throw planned.Refusal.ToFailure();

        var failure = recipient.IsNobody ? null : request.Failure ?? planned?.Refusal ?? content.Failure ?? Failure(request, number, recipient, content);
        var message = new EmulatedMessage
        {
            Id = MetaIds.NewMessageId(),
            PhoneNumberId = number.Id,
            FromBusiness = true,
            Customer = recipient.Digits,
            CustomerName = null,
            Type = content.Type,
            Body = MessageSummary.Of(content.Type, content.Json),
            At = request.Core.Now,
            CustomerUserId = recipient.UserId,
            Content = content.Json,
            ReplyTo = content.ReplyTo,
            FailureCode = failure?.Code,
        };
        if (recipient.IsNobody)
        {
            request.World.Talks.AddLost(message);
        }
        else
        {
            request.World.Talks.Add(message);
            request.Core.Webhooks.ReportStatuses(number, message, failure);
        }

        return Accepted(recipient, message);
    }

    private static MetaRefusal? Failure(GraphRequest request, EmulatedNumber number, Recipient recipient, MessageContent content) =>
        request.Core.Options.EnforceCustomerServiceWindow && content.Type != "template"
            && !request.World.Talks.IsWindowOpen(number, recipient.Digits, recipient.UserId, request.Core.Now) ? MetaRefusal.Of(131047)
        : number.Waba.HasPaymentMethod ? null
        : MetaRefusal.Of(131042);

    private static int? Restriction(EmulatedWaba waba, MessageContent content) => (waba.Restriction, content.Type) switch
    {
        ("RESTRICTED_BIZ_INITIATED_MESSAGING", "template") => 368,
        ("RESTRICTED_CUSTOMER_INITIATED_MESSAGING", not "template") => 368,
        _ => null,
    };

    private static JsonObject Accepted(Recipient recipient, EmulatedMessage message)
    {
        var contact = new JsonObject { ["input"] = recipient.Input };
        if (recipient.Digits.Length > 0)
            contact["wa_id"] = recipient.Digits;
        if (recipient.IsUserId)
            contact["user_id"] = recipient.UserId;
        var sent = new JsonObject { ["id"] = message.Id };
        if (message.Type == "template")
            sent["message_status"] = "accepted";
        return new JsonObject { ["messaging_product"] = "whatsapp", ["contacts"] = new JsonArray(contact), ["messages"] = new JsonArray(sent) };
    }
}
