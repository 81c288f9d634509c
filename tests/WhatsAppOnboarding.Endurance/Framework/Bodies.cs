using System.Globalization;
using System.Text;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Endurance.Framework;

/// <summary>Bodies of deliveries in Meta's shape.</summary>
internal static class Bodies
{
    public const string Waba = "524000000000001";
    public const string Number = "106000000000001";

    private const string Text = "Does it come in another color? I would like to have it in green, if that is possible.";

    /// <summary>A delivery with so many messages of one number; the first may have a text of its own.</summary>
    public static byte[] Messages(int count, string id = "bench", string number = Number, string waba = Waba, string? firstText = null)
    {
        var messages = string.Join(',', Enumerable.Range(0, count).Select(index => Message(MessageId(id, index), index == 0 && firstText is not null ? firstText : Text)));
        return Encoding.UTF8.GetBytes(
            $$$"""
            {"object":"whatsapp_business_account","entry":[{"id":"{{{waba}}}","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"{{{number}}}"},"contacts":[{"profile":{"name":"Sheena Nelson"},"wa_id":"16505551234","user_id":"US.13491208655302741918"}],"messages":[{{{messages}}}]}}]}]}
            """);
    }

    public static string MessageId(string id, int index) => $"wamid.{id}{index.ToString("D8", CultureInfo.InvariantCulture)}";

    private static string Message(string id, string text) =>
        $$$"""{"from":"16505551234","from_user_id":"US.13491208655302741918","id":"{{{id}}}","timestamp":"1749416383","type":"text","text":{"body":"{{{text}}}"}}""";
}
