using System.Net;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Graph;

public sealed class RetryTests : IDisposable
{
    private readonly TheGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    public static TheoryData<string, HttpStatusCode> PassingFaults => new()
    {
        { Some.Error(2), HttpStatusCode.ServiceUnavailable },
        { Some.Error(80008), HttpStatusCode.BadRequest },
        { "<html></html>", HttpStatusCode.BadGateway },
    };

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task A_safe_call_is_repeated_until_it_succeeds(string body, HttpStatusCode status)
    {
        _graph.Answers(body, status).Answers(body, status).Answers(Some.Done);
        (await _graph.SendPatientlyAsync(Some.Subscribing)).Succeeded.ShouldBeTrue();
        _graph.Sent.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Repeating_ends_after_two_retries_with_the_last_error()
    {
        _graph.Answers(Some.Error(2), HttpStatusCode.ServiceUnavailable).Answers(Some.Error(2), HttpStatusCode.ServiceUnavailable).Answers(Some.Error(4), HttpStatusCode.BadRequest);
        (await _graph.SendPatientlyAsync(Some.Listing)).Error!.Kind.ShouldBe(GraphErrorKind.Throttled);
        _graph.Sent.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Between_attempts_there_is_a_pause_of_at_most_two_seconds()
    {
        _graph.Answers(Some.Error(2)).Answers(Some.Error(2)).Answers(Some.Done);
        await _graph.SendPatientlyAsync(Some.Subscribing);
        foreach (var (earlier, later) in _graph.Sent.Zip(_graph.Sent.Skip(1)))
            (later.At - earlier.At).ShouldBeInRange(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task The_network_may_fail_once()
    {
        _graph.Answers(() => throw new HttpRequestException(HttpRequestError.ConnectionError)).Answers(Some.Done);
        (await _graph.SendPatientlyAsync(Some.Subscribing)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Calls_that_might_do_something_twice_are_made_once()
    {
        _graph.Answers(Some.Error(2), HttpStatusCode.ServiceUnavailable);
        (await _graph.SendAsync(Some.Exchanging)).Error!.Kind.ShouldBe(GraphErrorKind.Unavailable);
        _graph.Answers(Some.Error(2), HttpStatusCode.ServiceUnavailable);
        (await _graph.SendAsync(SubscriptionCalls.Unsubscribe(Some.Token, Some.Waba))).Error!.Kind.ShouldBe(GraphErrorKind.Unavailable);
        _graph.Answers(Some.Error(2), HttpStatusCode.ServiceUnavailable);
        (await _graph.SendAsync(LoginCalls.ExtendToken(Some.Token))).Error!.Kind.ShouldBe(GraphErrorKind.Unavailable);
        _graph.Answers(Some.Error(130429), HttpStatusCode.BadRequest);
        (await _graph.SendAsync(Some.Message)).Error!.Kind.ShouldBe(GraphErrorKind.Throttled);
        _graph.Answers(() => throw new HttpRequestException(HttpRequestError.ConnectionError));
        (await _graph.SendAsync(Some.Message)).Error!.Kind.ShouldBe(GraphErrorKind.Unreachable);
        _graph.Sent.Count.ShouldBe(5);
    }

    [Theory]
    [InlineData(190)]
    [InlineData(10)]
    [InlineData(131031)]
    public async Task A_clear_refusal_is_not_asked_for_twice(int code)
    {
        await _graph.Answers(Some.Error(code), HttpStatusCode.BadRequest).SendAsync(Some.Subscribing);
        _graph.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_wait_that_Meta_asks_for_is_kept()
    {
        _graph.Answers(HttpStatusCode.TooManyRequests, "", "text/plain", ("Retry-After", "7")).Answers(Some.Done);
        (await _graph.SendPatientlyAsync(Some.Subscribing, pauseSeconds: 9)).Succeeded.ShouldBeTrue();
        (_graph.Sent[1].At - _graph.Sent[0].At).ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Theory]
    [InlineData("Retry-After", "3600", 3600)]
    [InlineData("Retry-After", "Sun, 22 Nov 2026 13:00:00 GMT", 3600)]
    [InlineData("X-Business-Use-Case-Usage", """{"272":[{"type":"whatsapp","call_count":100,"estimated_time_to_regain_access":19},{"type":"x"}]}""", 1140)]
    public async Task A_wait_longer_than_the_call_is_left_to_the_caller(string header, string value, int seconds)
    {
        var result = await _graph.Answers(HttpStatusCode.BadRequest, Some.Error(80008), "application/json", (header, value)).SendAsync(Some.Listing);
        result.Error!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
        _graph.Sent.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"a\":[1]}")]
    [InlineData("not json")]
    [InlineData("{\"a\":[{\"estimated_time_to_regain_access\":\"x\"}]}")]
    public async Task Usage_that_cannot_be_read_is_no_wait(string usage) =>
        (await _graph.Answers(HttpStatusCode.BadRequest, Some.Error(131056), "application/json", ("X-Business-Use-Case-Usage", usage)).SendAsync(Some.Message))
            .Error!.RetryAfter.ShouldBeNull();

    [Fact]
    public async Task An_attempt_that_hangs_is_given_up_and_repeated()
    {
        _graph.Hangs().Answers(Some.Done);
        var call = _graph.SendAsync(Some.Subscribing);
        _graph.Time.Advance(TimeSpan.FromSeconds(10));
        (await _graph.Time.SkipPausesAsync(call, TimeSpan.FromSeconds(3))).Succeeded.ShouldBeTrue();
        (_graph.Sent[1].At - _graph.Sent[0].At).ShouldBeInRange(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(12));
    }

    [Fact]
    public async Task All_attempts_together_have_a_limit()
    {
        _graph.Options.MaxRetries = 100;
        for (var attempt = 0; attempt < 3; attempt++)
            _graph.Hangs();
        var started = _graph.Time.GetUtcNow();
        (await _graph.SendPatientlyAsync(Some.Listing, pauseSeconds: 60)).Error!.Kind.ShouldBe(GraphErrorKind.TimedOut);
        (_graph.Time.GetUtcNow() - started).ShouldBe(_graph.Options.TotalTimeout);
    }

    [Fact]
    public async Task A_call_that_is_not_safe_times_out_once()
    {
        _graph.Hangs();
        (await _graph.SendPatientlyAsync(Some.Exchanging, pauseSeconds: 11)).Error!.Kind.ShouldBe(GraphErrorKind.TimedOut);
        _graph.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_cancels_gets_an_exception_and_no_result()
    {
        _graph.Hangs();
        using var source = new CancellationTokenSource();
        var call = _graph.Client.SendAsync(Some.Listing, source.Token);
        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(call);
        _graph.Sent.Count.ShouldBe(1);
    }
}
