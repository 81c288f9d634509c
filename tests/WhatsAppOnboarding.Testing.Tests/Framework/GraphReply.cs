using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Tests.Framework;

internal sealed record GraphReply(int Status, JsonNode Body)
{
    /// <summary>The value of a header, or null.</summary>
    public required Func<string, string?> Header { get; init; }

    public JsonNode? this[string name] => Body[name];

    public IEnumerable<string> Ids => Body["data"]!.AsArray().Select(item => (string)item!["id"]!);

    public void ShouldFail(int status, int code, int? subcode = null)
    {
        Status.ShouldBe(status, Body.ToJsonString());
        ((int)Body["error"]!["code"]!).ShouldBe(code);
        ((int?)Body["error"]!["error_subcode"]).ShouldBe(subcode);
        ((string?)Body["error"]!["fbtrace_id"]).ShouldNotBeNullOrEmpty();
        ((string?)Body["error"]!["type"]).ShouldNotBeNullOrEmpty();
    }

    public void ShouldSucceed() => Status.ShouldBe(200, Body.ToJsonString());
}
