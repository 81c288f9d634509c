using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>Posts a delivery by hand, signed as Meta signs it.</summary>
public static class SignedPost
{
    public static Task<HttpResponseMessage> DeliverAsync(this HttpClient client, TheHost host, string body) =>
        client.DeliverAsync(Encoding.UTF8.GetBytes(body), host.Meta.AppSecret);

    public static Task<HttpResponseMessage> DeliverAsync(this HttpClient client, byte[] body, string secret)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/whatsapp") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Hub-Signature-256", Sign(body, secret));
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static string Sign(byte[] body, string secret) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    /// <summary>A delivery with one change; <paramref name="number"/> stands in its metadata.</summary>
    public static string Change(string entry, string field, string value, string? number = null) =>
        $$$"""{"object":"whatsapp_business_account","entry":[{"id":"{{{entry}}}","time":1739321024,"changes":[{"field":"{{{field}}}","value":{{{(number is null ? value : WithMetadata(value, number))}}}}]}]}""";

    /// <summary>A delivery with one text message.</summary>
    public static string Text(string entry, string number, string text) =>
        Change(entry, "messages", $$$"""{"messages":[{"from":"15550001","id":"wamid.{{{text}}}","timestamp":"1749416383","type":"text","text":{"body":"{{{text}}}"}}]}""", number);

    private static string WithMetadata(string value, string number) =>
        $$$"""{"messaging_product":"whatsapp","metadata":{"display_phone_number":"16315550100","phone_number_id":"{{{number}}}"},{{{value[1..]}}}""";
}
