using System.Net;
using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Tests.Graph;

public sealed class UnreadableAnswerTests : IDisposable
{
    private readonly TheGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("<html>Welcome to the hotel</html>")]
    [InlineData("{\"data\":[{\"id\":\"106000000000001\"}")]
    [InlineData("{\"data\":null}")]
    [InlineData("{\"data\":[null]}")]
    [InlineData("{\"data\":[{\"verified_name\":\"No id\"}]}")]
    [InlineData("{\"data\":[{\"id\":null}]}")]
    [InlineData("{\"data\":[{\"id\":\"../me\"}]}")]
    [InlineData("{\"data\":[],\"paging\":{\"next\":\"https://graph.facebook.com/\"}}")]
    [InlineData("{\"data\":[],\"paging\":{\"next\":\"nowhere\",\"cursors\":{\"after\":\"\"}}}")]
    public async Task A_listing_that_cannot_be_read_is_an_error_and_never_a_shorter_list(string body) =>
        (await KindAsync(Some.Listing, HttpStatusCode.OK, body)).ShouldBe(GraphErrorKind.UnreadableAnswer);

    [Theory]
    [InlineData("{\"access_token\":\"\"}")]
    [InlineData("{\"access_token\":\"two words\"}")]
    [InlineData("{\"access_token\":null}")]
    [InlineData("{\"token_type\":\"bearer\"}")]
    public async Task A_token_that_is_none_is_unreadable(string body) =>
        (await KindAsync(Some.Exchanging, HttpStatusCode.OK, body)).ShouldBe(GraphErrorKind.UnreadableAnswer);

    [Theory]
    [InlineData("{\"data\":{}}")]
    [InlineData("{\"data\":{\"is_valid\":\"perhaps\"}}")]
    [InlineData("{\"data\":[]}")]
    public async Task An_inspection_that_makes_no_sense_is_unreadable(string body) =>
        (await KindAsync(LoginCalls.InspectToken(Some.Token), HttpStatusCode.OK, body)).ShouldBe(GraphErrorKind.UnreadableAnswer);

    [Fact]
    public async Task Deep_nesting_repeated_members_and_broken_text_do_no_harm()
    {
        (await KindAsync(Some.Listing, HttpStatusCode.OK, new string('[', 100_000))).ShouldBe(GraphErrorKind.UnreadableAnswer);
        (await KindAsync(Some.Listing, HttpStatusCode.BadRequest, $$"""{"error":{"error_data":{{new string('[', 100_000)}}""")).ShouldBe(GraphErrorKind.UnreadableAnswer);
        (await KindAsync(Some.Listing, HttpStatusCode.BadRequest, """{"error":{"code":10,"code":190}}""")).ShouldBe(GraphErrorKind.TokenInvalid);

        byte[] notText = [.. """{"success":true,"x":"""u8, (byte)'"', 0xFF, (byte)'"', (byte)'}'];
        _graph.Answers(() => Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent(notText) }));
        (await _graph.SendAsync(Some.Subscribing)).ToString().ShouldNotBeNull();
        byte[] notTextEither = [.. """{"error":{"code":190,"fbtrace_id":"""u8, (byte)'"', 0xFF, .. "\"}}"u8];
        _graph.Answers(() => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new ByteArrayContent(notTextEither) }));
        (await _graph.SendAsync(Some.Subscribing)).Succeeded.ShouldBeFalse();
    }

    [Theory]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.NotModified)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task A_page_of_somebody_else_proves_nothing(HttpStatusCode status) =>
        (await KindAsync(Some.Exchanging, status, "<html></html>")).ShouldBe(GraphErrorKind.UnreadableAnswer);

    [Fact]
    public async Task A_confirmation_that_says_no_is_a_refusal() =>
        (await KindAsync(Some.Subscribing, HttpStatusCode.OK, """{"success":false}""")).ShouldBe(GraphErrorKind.Rejected);

    [Fact]
    public async Task An_error_that_comes_as_a_success_is_an_error() =>
        (await KindAsync(Some.Subscribing, HttpStatusCode.OK, Some.Error(190))).ShouldBe(GraphErrorKind.TokenInvalid);

    private async Task<GraphErrorKind> KindAsync<T>(GraphCall<T> call, HttpStatusCode status, string body)
        where T : class => (await _graph.Answers(status, body, "text/html").SendAsync(call)).Error!.Kind;
}
