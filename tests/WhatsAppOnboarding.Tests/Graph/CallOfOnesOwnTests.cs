using System.Net;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Tests.Graph;

/// <summary>Calls that the library does not know, as a host writes them.</summary>
public sealed partial class CallOfOnesOwnTests : IDisposable
{
    private readonly TheGraph _graph = new();

    public static TheoryData<string> BadPaths =>
        [null!, "", "/me", "me/", "a//b", "../v1.0/me", "1/..", "1/./2", "https://elsewhere.example/", "//elsewhere.example/me", "me?fields=id", "me#x", "me%2F..", "a b", "a\\b", "me@x", "a\n"];

    public void Dispose() => _graph.Dispose();

    [Fact]
    public async Task A_host_adds_a_call_of_its_own_in_a_few_lines()
    {
        _graph.Answers("""{"id":"524000000000001","currency":"EUR","timezone_id":"1"}""");

        var read = await _graph.SendAsync(ReadCurrency(Some.Token, Some.Waba));

        read.Value.ShouldBe(new WabaCurrency("EUR"));
        _graph.Sent.Single().Address.ShouldBe($"https://graph.facebook.com/v25.0/524000000000001?fields=currency&appsecret_proof={Some.Proof}");
        _graph.Sent.Single().Authorization.ShouldBe($"Bearer {Some.TokenText}");
    }

    [Fact]
    public async Task It_is_repeated_where_that_is_safe_and_else_only_where_the_host_says_so()
    {
        await ShouldBeMadeAsync(3, ReadCurrency(Some.Token, Some.Waba));
        await ShouldBeMadeAsync(1, GraphCall.Post("set_thing", "1/thing", Some.Token));
        await ShouldBeMadeAsync(3, GraphCall.Post("set_thing", "1/thing", Some.Token, mayRepeat: true));
        await ShouldBeMadeAsync(1, GraphCall.Delete("delete_thing", "1/thing", Some.Token));
        await ShouldBeMadeAsync(3, GraphCall.Delete("delete_thing", "1/thing", Some.Token, OwnJson.Default.WabaCurrency, mayRepeat: true));
    }

    [Fact]
    public async Task It_sends_its_own_type_an_object_or_a_form()
    {
        await SendAsync(GraphBody.Json(new WabaCurrency("EUR"), OwnJson.Default.WabaCurrency));
        await SendAsync(GraphBody.Json(new JsonObject { ["a"] = 1 }));
        await SendAsync(GraphBody.Form(("a", "1 & 2")));

        _graph.Sent.Select(sent => (sent.MediaType, sent.Body)).ShouldBe(
            [("application/json", """{"currency":"EUR"}"""), ("application/json", """{"a":1}"""), ("application/x-www-form-urlencoded", "a=1+%26+2")]);

        Task SendAsync(GraphBody body) => _graph.Answers(Some.Done).SendAsync(GraphCall.Post("set_thing", "1/thing", Some.Token, body));
    }

    [Fact]
    public async Task It_lists_and_all_its_pages_are_read()
    {
        _graph.Answers(Some.Page("""{"currency":"EUR"}""", "c1")).Answers(Some.Page("""{"currency":"BRL"}"""));

        var all = await _graph.Client.ReadAllAsync(
            after => GraphCall.List("list_currencies", "1/currencies", Some.Token, OwnJson.Default.WabaCurrency, after, ("limit", "2")), TestContext.Current.CancellationToken);

        all.Value.ShouldBe([new("EUR"), new("BRL")]);
        _graph.Sent[1].Address.ShouldBe($"https://graph.facebook.com/v25.0/1/currencies?limit=2&after=c1&appsecret_proof={Some.Proof}");
    }

    [Fact]
    public async Task Its_errors_are_sorted_logged_and_measured_under_its_name()
    {
        var error = (await _graph.Answers(Some.Error(200), HttpStatusCode.Forbidden).SendAsync(ReadCurrency(Some.Token, Some.Waba))).Error!;

        (error.Kind, error.Operation).ShouldBe((GraphErrorKind.PermissionMissing, "read_waba_currency"));
        _graph.Logs.Lines.Where(line => line.EventId == 1001).ShouldHaveSingleItem().Text.ShouldStartWith("Graph call read_waba_currency failed as PermissionMissing");
    }

    [Theory]
    [InlineData("""{"error":{"code":190}}""", GraphErrorKind.TokenInvalid)]
    [InlineData("""{"success":false}""", GraphErrorKind.Rejected)]
    [InlineData("""{"currency":{}}""", GraphErrorKind.UnreadableAnswer)]
    [InlineData("<html></html>", GraphErrorKind.UnreadableAnswer)]
    public async Task What_is_no_answer_does_not_pass_for_an_empty_one(string body, GraphErrorKind kind) =>
        (await _graph.Answers(body).SendAsync(ReadCurrency(Some.Token, Some.Waba))).Error!.Kind.ShouldBe(kind);

    [Theory]
    [MemberData(nameof(BadPaths))]
    public void A_path_leads_nowhere_else(string? path) =>
        Should.Throw<ArgumentException>(() => GraphCall.Get("read_thing", path!, Some.Token, OwnJson.Default.WabaCurrency)).ParamName.ShouldBe("path");

    [Theory]
    [InlineData("")]
    [InlineData("Read_thing")]
    [InlineData("read thing")]
    [InlineData("1_thing")]
    [InlineData("read_thing\n")]
    [InlineData("read_a_thing_whose_name_is_so_long_that_no_dashboard_shows_it")]
    public void A_name_is_one_for_logs_and_metrics(string operation) =>
        Should.Throw<ArgumentException>(() => GraphCall.Post(operation, "1", Some.Token)).ParamName.ShouldBe("operation");

    [Theory]
    [InlineData("access_token")]
    [InlineData("appsecret_proof")]
    [InlineData("client_secret")]
    [InlineData("method")]
    [InlineData("a&b")]
    [InlineData("a=b")]
    [InlineData("")]
    public void A_parameter_smuggles_nothing(string name) =>
        Should.Throw<ArgumentException>(() => GraphCall.Delete("delete_thing", "1", Some.Token, query: (name, "x"))).ParamName.ShouldBe("query");

    // With the record and the JSON context at the end, this is all that a host writes.
    private static GraphCall<WabaCurrency> ReadCurrency(AccessToken token, WabaId waba) =>
        GraphCall.Get("read_waba_currency", $"{waba}", token, OwnJson.Default.WabaCurrency, ("fields", "currency"));

    private async Task ShouldBeMadeAsync<T>(int times, GraphCall<T> call)
        where T : class
    {
        var before = _graph.Sent.Count;
        for (var attempt = 0; attempt < times; attempt++)
            _graph.Answers(Some.Error(2), HttpStatusCode.ServiceUnavailable);
        (await _graph.SendPatientlyAsync(call)).Error!.Kind.ShouldBe(GraphErrorKind.Unavailable);
        (_graph.Sent.Count - before).ShouldBe(times, call.ToString());
    }

    private sealed record WabaCurrency([property: JsonPropertyName("currency")] string? Currency);

    [JsonSerializable(typeof(WabaCurrency))]
    private sealed partial class OwnJson : JsonSerializerContext;
}
