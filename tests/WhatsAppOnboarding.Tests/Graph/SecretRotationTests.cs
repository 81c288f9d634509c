using System.Net;
using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Tests.Graph;

/// <summary>The app secret is replaced at Meta and here, and never in the same moment.</summary>
public sealed class SecretRotationTests : IDisposable
{
    private const string Newer = "the-newer-app-secret";

    private const string Issued = """{"access_token":"EAAissued","token_type":"bearer"}""";

    private static readonly string WrongSecret = Error(1, "Error validating client secret.");
    private static readonly string WrongProof = Error(100, "Invalid appsecret_proof provided in the API argument");

    private readonly TheGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public async Task A_call_whose_proof_is_refused_is_made_once_more_without_one()
    {
        _graph.Answers(WrongProof, HttpStatusCode.BadRequest).Answers(Some.Done);

        (await _graph.SendAsync(SubscriptionCalls.Unsubscribe(Some.Token, Some.Waba))).Succeeded.ShouldBeTrue();

        _graph.Sent.Select(sent => sent.Address.Contains("appsecret_proof", StringComparison.Ordinal)).ShouldBe([true, false]);
        _graph.Sent[1].Authorization.ShouldBe(_graph.Sent[0].Authorization);
    }

    [Fact]
    public async Task A_code_that_is_exchanged_in_the_moment_of_the_change_is_exchanged_with_the_newer_secret()
    {
        _graph.Answers(() =>
        {
            _graph.Rotate(Newer);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent(WrongSecret, null, "application/json") });
        }).Answers(Issued);

        (await _graph.SendAsync(Some.Exchanging)).Succeeded.ShouldBeTrue();

        _graph.Sent[1].Address.ShouldContain($"client_secret={Newer}");
    }

    [Fact]
    public async Task Where_meta_took_the_secret_before_the_newer_one_is_waited_for()
    {
        _graph.Answers(Some.Done).Answers(WrongSecret, HttpStatusCode.BadRequest).Answers(Issued);
        await _graph.SendAsync(Some.Subscribing);

        var exchanged = _graph.SendAsync(Some.Exchanging);
        _graph.Time.Advance(TimeSpan.FromSeconds(1));
        exchanged.IsCompleted.ShouldBeFalse();
        _graph.Rotate(Newer);

        (await _graph.Time.SkipPausesAsync(exchanged, TimeSpan.FromSeconds(1))).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task It_is_waited_for_once_and_never_where_meta_did_not_take_the_secret()
    {
        _graph.Answers(WrongSecret, HttpStatusCode.BadRequest).Answers(Some.Done)
            .Answers(WrongSecret, HttpStatusCode.BadRequest).Answers(WrongSecret, HttpStatusCode.BadRequest);
        var exchange = Some.Exchanging;

        (await _graph.SendAsync(exchange)).Error!.Kind.ShouldBe(GraphErrorKind.AppMisconfigured);
        await _graph.SendAsync(Some.Subscribing);
        var before = _graph.Time.GetUtcNow();
        (await _graph.SendPatientlyAsync(exchange, pauseSeconds: 1)).Error!.Kind.ShouldBe(GraphErrorKind.AppMisconfigured);
        (_graph.Time.GetUtcNow() - before).ShouldBeInRange(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(10));
        (await _graph.SendAsync(exchange)).Error!.Kind.ShouldBe(GraphErrorKind.AppMisconfigured);

        _graph.Sent.Count.ShouldBe(4);
    }

    private static string Error(int code, string message) => $$"""{"error":{"message":"{{message}}","type":"OAuthException","code":{{code}},"fbtrace_id":"Az8or2yhqkZfEZ"} }""";
}
