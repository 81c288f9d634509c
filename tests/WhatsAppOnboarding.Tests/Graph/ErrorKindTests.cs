using System.Net;
using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Tests.Graph;

public sealed class ErrorKindTests : IDisposable
{
    private readonly TheGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Theory]
    [InlineData(0, null, 401, GraphErrorKind.TokenInvalid)]
    [InlineData(102, null, 400, GraphErrorKind.TokenInvalid)]
    [InlineData(190, 463, 400, GraphErrorKind.TokenInvalid)]
    [InlineData(190, null, 500, GraphErrorKind.TokenInvalid)]
    [InlineData(10, null, 403, GraphErrorKind.PermissionMissing)]
    [InlineData(200, null, 400, GraphErrorKind.PermissionMissing)]
    [InlineData(299, null, 403, GraphErrorKind.PermissionMissing)]
    [InlineData(131005, null, 403, GraphErrorKind.PermissionMissing)]
    [InlineData(4, null, 400, GraphErrorKind.Throttled)]
    [InlineData(17, null, 400, GraphErrorKind.Throttled)]
    [InlineData(32, null, 400, GraphErrorKind.Throttled)]
    [InlineData(341, null, 400, GraphErrorKind.Throttled)]
    [InlineData(613, null, 400, GraphErrorKind.Throttled)]
    [InlineData(80007, null, 400, GraphErrorKind.Throttled)]
    [InlineData(80008, null, 400, GraphErrorKind.Throttled)]
    [InlineData(130429, 2494055, 400, GraphErrorKind.Throttled)]
    [InlineData(131056, null, 400, GraphErrorKind.Throttled)]
    [InlineData(999, null, 429, GraphErrorKind.Throttled)]
    [InlineData(1, null, 400, GraphErrorKind.Unavailable)]
    [InlineData(2, null, 503, GraphErrorKind.Unavailable)]
    [InlineData(131000, null, 500, GraphErrorKind.Unavailable)]
    [InlineData(131016, null, 500, GraphErrorKind.Unavailable)]
    [InlineData(131057, null, 500, GraphErrorKind.Unavailable)]
    [InlineData(133004, null, 503, GraphErrorKind.Unavailable)]
    [InlineData(999, null, 502, GraphErrorKind.Unavailable)]
    [InlineData(33, null, 400, GraphErrorKind.NotFound)]
    [InlineData(100, 33, 400, GraphErrorKind.NotFound)]
    [InlineData(803, null, 404, GraphErrorKind.NotFound)]
    [InlineData(3, null, 500, GraphErrorKind.AppMisconfigured)]
    [InlineData(12, null, 400, GraphErrorKind.AppMisconfigured)]
    [InlineData(101, null, 400, GraphErrorKind.AppMisconfigured)]
    [InlineData(2635, null, 400, GraphErrorKind.AppMisconfigured)]
    [InlineData(100, null, 400, GraphErrorKind.Rejected)]
    [InlineData(300, null, 400, GraphErrorKind.Rejected)]
    [InlineData(368, null, 403, GraphErrorKind.Rejected)]
    [InlineData(131047, null, 400, GraphErrorKind.Rejected)]
    [InlineData(131045, null, 500, GraphErrorKind.Rejected)]
    [InlineData(133000, null, 500, GraphErrorKind.Rejected)]
    [InlineData(132001, null, 404, GraphErrorKind.Rejected)]
    [InlineData(2200, null, 400, GraphErrorKind.Rejected)]
    public async Task The_code_decides_and_not_the_status(int code, int? subcode, int status, GraphErrorKind kind)
    {
        var error = (await _graph.Answers(Some.Error(code, subcode), (HttpStatusCode)status).SendAsync(Some.Message)).Error!;
        error.ShouldBe(new() { Kind = kind, Operation = "send_message", HttpStatus = status, Code = code, Subcode = subcode, TraceId = "Az8or2yhqkZfEZ" });
    }

    [Theory]
    [InlineData(36007)]
    [InlineData(36008)]
    [InlineData(36009)]
    public async Task A_refused_code_tells_why_by_its_subcode(int subcode)
    {
        var error = (await _graph.Answers(Some.Error(100, subcode), HttpStatusCode.BadRequest).SendAsync(Some.Exchanging)).Error!;
        (error.Kind, error.Subcode).ShouldBe((GraphErrorKind.Rejected, subcode));
    }

    [Fact]
    public async Task Code_1_at_the_exchange_means_a_wrong_app_secret()
    {
        (await KindAsync(Some.Exchanging, Some.Error(1))).ShouldBe(GraphErrorKind.AppMisconfigured);
        (await KindAsync(LoginCalls.ExtendToken(Some.Token), Some.Error(1))).ShouldBe(GraphErrorKind.AppMisconfigured);
        (await KindAsync(Some.Exchanging, Some.Error(1), HttpStatusCode.InternalServerError)).ShouldBe(GraphErrorKind.Unavailable);
    }

    [Fact]
    public async Task A_bad_token_at_the_inspection_is_the_apps_own()
    {
        (await KindAsync(LoginCalls.InspectToken(Some.Token), Some.Error(190))).ShouldBe(GraphErrorKind.AppMisconfigured);
        (await KindAsync(LoginCalls.ExtendToken(Some.Token), Some.Error(190))).ShouldBe(GraphErrorKind.TokenInvalid);
    }

    [Theory, InlineData("Invalid appsecret_proof provided in the API argument", 100), InlineData("Incorrect signature", 104)]
    public async Task A_bad_proof_is_our_own_fault_unless_the_call_works_without_one(string message, int code)
    {
        var (refused, needed) = ($$$"""{"error":{"message":"{{{message}}}","code":{{{code}}}} }""", """{"error":{"message":"API calls from the server require an appsecret_proof argument","code":100}}""");

        var error = (await _graph.Answers(refused, HttpStatusCode.BadRequest).Answers(needed, HttpStatusCode.BadRequest).SendAsync(Some.Listing)).Error!;

        (error.Kind, error.Code).ShouldBe((GraphErrorKind.AppMisconfigured, code));
    }

    [Fact]
    public async Task What_Meta_calls_transient_is_unavailable_whatever_its_code()
    {
        (await KindAsync(Some.Message, Some.Error(190, more: ",\"is_transient\":true"))).ShouldBe(GraphErrorKind.Unavailable);
        (await KindAsync(Some.Message, Some.Error(4, more: ",\"is_transient\":true"))).ShouldBe(GraphErrorKind.Throttled);
    }

    [Theory]
    [InlineData("{\"details\":\"x\"}")]
    [InlineData("\"text\"")]
    public async Task Error_data_may_have_any_shape(string data) =>
        (await KindAsync(Some.Message, Some.Error(10, more: $",\"error_data\":{data}"))).ShouldBe(GraphErrorKind.PermissionMissing);

    [Fact]
    public async Task A_code_written_as_text_is_still_a_code() =>
        (await KindAsync(Some.Message, """{"error":{"code":"190","error_subcode":"463"}}""")).ShouldBe(GraphErrorKind.TokenInvalid);

    [Theory]
    [InlineData(429, GraphErrorKind.Throttled)]
    [InlineData(500, GraphErrorKind.Unavailable)]
    [InlineData(503, GraphErrorKind.Unavailable)]
    public async Task Where_Meta_gives_no_code_the_status_decides(int status, GraphErrorKind kind)
    {
        (await KindAsync(Some.Message, "", (HttpStatusCode)status)).ShouldBe(kind);
        (await KindAsync(Some.Message, "<html></html>", (HttpStatusCode)status)).ShouldBe(kind);
    }

    [Theory]
    [InlineData("line\\nbreak")]
    [InlineData("EAA token with spaces")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public async Task A_trace_id_that_is_none_is_dropped(string trace) =>
        (await _graph.Answers($$"""{"error":{"code":10,"fbtrace_id":"{{trace}}"} }""", HttpStatusCode.BadRequest).SendAsync(Some.Message)).Error!.TraceId.ShouldBeNull();

    private async Task<GraphErrorKind> KindAsync<T>(GraphCall<T> call, string body, HttpStatusCode status = HttpStatusCode.BadRequest)
        where T : class => (await _graph.Answers(body, status).SendAsync(call)).Error!.Kind;
}
