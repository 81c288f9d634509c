using System.Net;
using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Tests.Graph;

public sealed class PagingTests : IDisposable
{
    private readonly TheGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public async Task All_pages_are_read_by_cursor_in_order_and_no_address_of_Metas_is_called()
    {
        _graph.Answers(Some.Page(Item(1), "c1")).Answers(Some.Page("", "c2")).Answers(Some.Page(Item(2)));
        (await ReadAsync()).Value!.Select(business => business.Id.ToString()).ShouldBe(["1", "2"]);
        _graph.Sent.Select(request => request.Address).ShouldBe([Address(""), Address("&after=c1"), Address("&after=c2")]);
    }

    [Fact]
    public async Task A_cursor_that_stands_in_the_next_address_only_is_found()
    {
        _graph.Answers("""{"data":[],"paging":{"next":"https://elsewhere.example/?access_token=t&after=c1"}}""").Answers(Some.Page(Item(1)));
        (await ReadAsync()).Value!.Count.ShouldBe(1);
        _graph.Sent[1].Address.ShouldBe(Address("&after=c1"));
    }

    [Theory]
    [InlineData("""{"cursors":{"before":1,"after":2},"next":"https://graph.facebook.com/?after=2"}""", "&after=2")]
    [InlineData("""{"cursors":{"after":"c1"},"next":true}""", "&after=c1")]
    [InlineData("""{"cursors":{"after":false},"next":"https://graph.facebook.com/?after=c1"}""", "&after=c1")]
    [InlineData("""{"cursors":{"after":2},"next":false}""", null)]
    [InlineData("""{"cursors":{"after":2},"next":null}""", null)]
    [InlineData("""{"cursors":[],"next":""}""", null)]
    public async Task A_cursor_of_another_kind_than_expected_loses_no_page(string paging, string? after)
    {
        _graph.Answers($$"""{"data":[{{Item(1)}}],"paging":{{paging}}}""").Answers(Some.Page(Item(2)));

        (await ReadAsync()).Value!.Select(business => business.Id.ToString()).ShouldBe(after is null ? ["1"] : ["1", "2"]);

        _graph.Sent[^1].Address.ShouldBe(Address(after ?? ""));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("7")]
    public async Task A_next_page_without_a_cursor_is_never_taken_for_none(string next) =>
        (await _graph.Answers($$$"""{"data":[{{{Item(1)}}}],"paging":{"next":{{{next}}} }}""").SendAsync(LoginCalls.ListBusinesses(Some.Token))).Error!.Kind.ShouldBe(GraphErrorKind.UnreadableAnswer);

    [Fact]
    public async Task A_page_that_fails_fails_the_listing()
    {
        _graph.Answers(Some.Page(Item(1), "c1")).Answers(Some.Error(10), HttpStatusCode.Forbidden);
        (await ReadAsync()).Error!.Kind.ShouldBe(GraphErrorKind.PermissionMissing);
    }

    [Fact]
    public async Task Pages_that_go_in_a_circle_are_an_error()
    {
        _graph.Answers(Some.Page(Item(1), "c1")).Answers(Some.Page(Item(2), "c2")).Answers(Some.Page(Item(3), "c1"));
        (await ReadAsync()).Error.ShouldBe(new() { Kind = GraphErrorKind.UnreadableAnswer, Operation = "list_businesses" });
    }

    [Fact]
    public async Task A_listing_without_end_is_an_error()
    {
        for (var page = 1; page <= 100; page++)
            _graph.Answers(Some.Page(Item(page), $"c{page}"));
        (await ReadAsync()).Error!.Kind.ShouldBe(GraphErrorKind.UnreadableAnswer);
        _graph.Sent.Count.ShouldBe(100);
    }

    [Fact]
    public async Task A_listing_of_a_hundred_pages_is_read()
    {
        for (var page = 1; page <= 99; page++)
            _graph.Answers(Some.Page(Item(page), $"c{page}"));
        _graph.Answers(Some.Page(Item(100)));
        (await ReadAsync()).Value!.Count.ShouldBe(100);
    }

    private static string Item(int id) => $$"""{"id":"{{id}}"}""";

    private static string Address(string after) => $"https://graph.facebook.com/v25.0/me/businesses?fields=id%2Cname&limit=100{after}&appsecret_proof={Some.Proof}";

    private Task<GraphResult<IReadOnlyList<GraphBusiness>>> ReadAsync() =>
        _graph.Client.ReadAllAsync(after => LoginCalls.ListBusinesses(Some.Token, after), TestContext.Current.CancellationToken);
}
