using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests.Framework;

/// <summary>A person in the signup popup, without a browser: opens the page, posts its forms, reads what the page would post to the app.</summary>
internal sealed partial class PopupWindow(MetaEmulator meta, HttpClient http)
{
    public const string Origin = "https://saas.example";

    private Dictionary<string, string> _fields = [];

    private string _action = "";

    public string Html { get; private set; } = "";

    public int Status { get; private set; }

    public HttpResponseMessage Response { get; private set; } = null!;

    /// <summary>What the page tells the app, in this order; empty while it has nothing to tell.</summary>
    public IReadOnlyList<JsonNode> Posts { get; private set; } = [];

    public JsonNode? Message => Posts.Where(IsText).Select(post => JsonNode.Parse((string)post!)).SingleOrDefault();

    public string? Code => Posts.Where(post => !IsText(post)).Select(post => (string?)post["response"]!["authResponse"]?["code"]).SingleOrDefault();

    public Dictionary<string, string?> Asked { get; } = new()
    {
        ["client_id"] = meta.AppId,
        ["config_id"] = "777",
        ["response_type"] = "code",
        ["override_default_response_type"] = "true",
        ["extras"] = """{"setup":{}}""",
        ["origin"] = Origin,
        ["channel"] = "1-2-3-4",
    };

    public async Task<PopupWindow> OpenAsync(string version = "v25.0")
    {
        var query = string.Join('&', Asked.Where(item => item.Value is not null).Select(item => $"{item.Key}={Uri.EscapeDataString(item.Value!)}"));
        return await ReadAsync(await http.GetAsync($"/{version}/dialog/embedded-signup?{query}", GraphHttp.Ct));
    }

    /// <summary>Presses Continue, or the button of an ending.</summary>
    public async Task<PopupWindow> PressAsync(string? ending = null, params (string Name, string Value)[] chosen)
    {
        foreach (var (name, value) in chosen)
            _fields[name] = value;
        if (ending is not null)
            _fields["ending"] = ending;
        using var form = new FormUrlEncodedContent(_fields);
        return await ReadAsync(await http.PostAsync(_action, form, GraphHttp.Ct));
    }

    private static bool IsText(JsonNode post) => post.GetValueKind() == System.Text.Json.JsonValueKind.String;

    private async Task<PopupWindow> ReadAsync(HttpResponseMessage response)
    {
        Response = response;
        Status = (int)response.StatusCode;
        Html = await response.Content.ReadAsStringAsync(GraphHttp.Ct);
        _action = Action().Match(Html).Groups[1].Value;
        _fields = Input().Matches(Html)
            .Where(input => !input.Value.Contains("radio") || input.Value.Contains(" checked"))
            .ToDictionary(input => input.Groups[1].Value, input => WebUtility.HtmlDecode(input.Groups[2].Value));
        var ending = Ending().Match(Html);
        var posts = ending.Success ? JsonNode.Parse(WebUtility.HtmlDecode(ending.Groups[1].Value))!["posts"]!.AsArray() : [];
        Posts = [.. posts.Select(post => post!).Where(post => !IsText(post) || ((string)post!).StartsWith('{'))];
        return this;
    }

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\"")]
    private static partial Regex Action();

    [GeneratedRegex("<input [^>]*name=\"([^\"]*)\"[^>]* value=\"([^\"]*)\"[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex("data-ending=\"([^\"]*)\"")]
    private static partial Regex Ending();
}
