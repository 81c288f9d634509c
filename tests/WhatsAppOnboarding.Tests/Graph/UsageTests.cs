using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Notices;
using WhatsAppOnboarding.Upkeep;

namespace WhatsAppOnboarding.Tests.Graph;

/// <summary>What Meta's headers say of its limits, and what waits for them.</summary>
public sealed class UsageTests
{
    private const string App = "X-App-Usage";
    private const string Business = "X-Business-Use-Case-Usage";

    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(App, """{"call_count":74,"total_time":25,"total_cputime":25}""", null)]
    [InlineData(App, """{"call_count":75,"total_time":25,"total_cputime":25}""", 60)]
    [InlineData(App, """{"call_count":1,"total_time":99.5}""", 60)]
    [InlineData(App, """{"total_cputime":80,"call_count":"many"}""", 60)]
    [InlineData(Business, """{"7":[{"type":"whatsapp","call_count":95,"total_cputime":20,"total_time":20,"estimated_time_to_regain_access":19}]}""", 19)]
    [InlineData(Business, """{"7":[{"type":"whatsapp","call_count":95,"estimated_time_to_regain_access":0}]}""", 60)]
    [InlineData(Business, """{"7":[{"call_count":100,"estimated_time_to_regain_access":300}]}""", 60)]
    [InlineData(Business, """{"7":[{"call_count":10},{"call_count":80,"estimated_time_to_regain_access":5},{"total_time":90,"estimated_time_to_regain_access":9}]}""", 9)]
    [InlineData(Business, """{"7":[{"call_count":10}],"8":[{"call_count":100}]}""", null)]
    [InlineData(Business, """{"8":"x","7":[1,null,{"call_count":90}]}""", 60)]
    [InlineData(Business, """{"7":[{"call_count":{}}]}""", null)]
    [InlineData(Business, """{"7":[{"call_count":95""", null)]
    [InlineData(Business, """["7"]""", null)]
    [InlineData(App, "busy", null)]
    [InlineData("X-Other", """{"call_count":99}""", null)]
    public void What_can_wait_waits_once_three_quarters_are_used(string header, string value, int? minutes)
    {
        var usage = new GraphUsage();

        usage.Note(Headers((header, value)), Now);

        usage.WaitFor(WabaId.Parse("7"), Now).ShouldBe(minutes is { } some ? TimeSpan.FromMinutes(some) : null);
    }

    [Fact]
    public void A_limit_is_of_one_business_and_that_of_the_app_of_all()
    {
        var usage = new GraphUsage();
        usage.Note(Headers((Business, """{"7":[{"call_count":90,"estimated_time_to_regain_access":10}]}""")), Now);
        usage.WaitFor(WabaId.Parse("8"), Now).ShouldBeNull();

        usage.Note(Headers((App, """{"call_count":90}""")), Now);

        usage.WaitFor(WabaId.Parse("8"), Now).ShouldBe(TimeSpan.FromHours(1));
        usage.WaitFor(WabaId.Parse("7"), Now).ShouldBe(TimeSpan.FromHours(1), "the longer of both");
    }

    [Fact]
    public void A_wait_ends_with_its_time_or_with_a_better_word_and_an_answer_without_headers_says_nothing()
    {
        var usage = new GraphUsage();
        usage.Note(Headers((Business, """{"7":[{"call_count":90,"estimated_time_to_regain_access":10}],"8":[{"call_count":90}]}""")), Now);
        usage.Note(Headers(), Now);

        usage.WaitFor(WabaId.Parse("7"), Now.AddMinutes(4)).ShouldBe(TimeSpan.FromMinutes(6));
        usage.WaitFor(WabaId.Parse("7"), Now.AddMinutes(10)).ShouldBeNull();
        usage.Note(Headers((Business, """{"8":[{"call_count":20}]}""")), Now);
        usage.WaitFor(WabaId.Parse("8"), Now).ShouldBeNull();
    }

    [Theory, InlineData(HttpStatusCode.OK), InlineData(HttpStatusCode.BadRequest)]
    public async Task Every_answer_is_looked_at_and_no_call_of_its_own_waits(HttpStatusCode status)
    {
        using var graph = new TheGraph();
        graph.Answers(status, status is HttpStatusCode.OK ? Some.Done : Some.Error(100), "application/json", (Business, $$"""{"{{Some.Waba}}":[{"call_count":99}]}""")).Answers(Some.Done);

        await graph.SendAsync(Some.Subscribing);

        ((GraphClient)graph.Client).Usage.WaitFor(Some.Waba, graph.Time.GetUtcNow()).ShouldBe(TimeSpan.FromHours(1));
        (await graph.SendAsync(Some.Subscribing)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Upkeep_asks_nothing_about_a_WABA_whose_limit_is_nearly_used_up_until_there_is_room()
    {
        await using var news = await TheNews.StartAsync();
        var account = AccountId.Parse("acme");
        await news.Host.UseAsync<NumberAuthority, PhoneNumberWrite>(numbers => numbers.WriteAsync(
            account, read => [.. read.Numbers.Select(number => number.SendFailed(131042, news.Clock.GetUtcNow()))]));
        var usage = news.Host.App.Services.GetRequiredService<GraphClient>().Usage;
        usage.Note(Headers((Business, $$"""{"{{news.Waba.Id}}":[{"call_count":90,"estimated_time_to_regain_access":40}]}""")), news.Clock.GetUtcNow());
        var calls = news.Host.Meta.Calls.All.Count;
        news.Clock.Sleep(TimeSpan.FromMinutes(5));

        await RunAsync();

        news.Host.Meta.Calls.All.Count.ShouldBe(calls);
        var evidence = (await news.ReadAsync()).Evidence;
        (evidence.NextCheckAt - news.Clock.GetUtcNow()).ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromMinutes(35), TimeSpan.FromMinutes(41));
        evidence.CheckFailures.ShouldBe(0);

        usage.Note(Headers((Business, $$"""{"{{news.Waba.Id}}":[{"call_count":10}]}""")), news.Clock.GetUtcNow());
        news.Clock.Advance(TimeSpan.FromMinutes(46));
        await RunAsync();

        news.Host.Meta.Calls.All.Count.ShouldBeGreaterThan(calls);
        (await news.ReadAsync()).Evidence.ListedAt.ShouldBe(news.Clock.GetUtcNow());

        Task<bool> RunAsync() => news.Host.UseAsync<AccountRound, bool>(async round =>
        {
            await round.RunAsync(account, TestContext.Current.CancellationToken);
            return true;
        });
    }

    private static HttpResponseHeaders Headers(params (string Name, string Value)[] headers)
    {
        var answer = new HttpResponseMessage();
        foreach (var (name, value) in headers)
            answer.Headers.TryAddWithoutValidation(name, value);
        return answer.Headers;
    }
}
