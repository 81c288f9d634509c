using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Testing;

namespace WebHost.BrowserTests;

/// <summary>
/// The long run of what <c>kill-accounts</c> does to a host without pages: the sample is killed while numbers that are registered nowhere are connected, and each that
/// was saved is finished from its page. Is there only in a build with <c>-p:LongTests=true</c>; WHATSAPP_TESTS_KILLS says how often.
/// </summary>
public sealed class KilledSampleTests(TheSample browser, ITestOutputHelper output)
{
    private const int AtOnce = 2;

    /// <summary>Later than any attempt and any step may last.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(4);

    private static readonly (string Operation, bool After)[] Points =
    [
        (GraphOperations.Register, false), (GraphOperations.Register, true), (GraphOperations.SubscribeApp, true), (GraphOperations.ListPhoneNumbers, true),
    ];

    private readonly Dictionary<string, int> _ends = [];
    private int _saved;
    private int _open;
    private int _finished;
    private int _inBrowser;

    [Fact]
    public async Task After_kills_no_attempt_says_connected_of_a_number_that_is_not_registered_and_each_is_finished_from_its_page()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("WHATSAPP_TESTS_KILLS") ?? "200", CultureInfo.InvariantCulture);
        var started = Stopwatch.StartNew();
        await using var sample = new FieldSample();
        await sample.InitializeAsync();
        var people = new List<FieldPerson>();
        while (people.Count <= kills)
            people.Add(await sample.SignUpAsync());
        var whole = await WholeAsync(sample, people[kills]);
        var connects = new List<Connect>();
        for (var kill = 0; kill < kills; kill++)
            connects.AddRange(await KillAsync(sample, people[kill], kill, whole));
        output.WriteLine($"{kills} kills after {started.Elapsed.TotalMinutes:N0} min");

        await Task.Delay(Settled);
        foreach (var (connect, index) in connects.Select((connect, index) => (connect, index)))
            await LookAsync(sample, connect, inBrowser: index % 20 == 0);

        output.WriteLine($"{kills} kills, {connects.Count} connects of {whole.TotalMilliseconds:N0} ms, {started.Elapsed.TotalMinutes:N0} min: saved {_saved}, open {_open}, "
            + $"finished from the page {_finished}, of these in Chromium {_inBrowser}; by their end: {string.Join(", ", _ends.OrderBy(end => end.Key).Select(end => $"{end.Key} {end.Value}"))}");
        _finished.ShouldBe(_open);
        _open.ShouldBeGreaterThan(kills / 4);
    }

    /// <summary>How long connects take in a process that has just started.</summary>
    private static async Task<TimeSpan> WholeAsync(FieldSample sample, FieldPerson person)
    {
        await sample.KillAsync();
        await sample.StartAgainAsync();
        var connects = await StartAsync(sample, person);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(connects.Select(connect => connect.PostAsync()));
        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task<Connect[]> KillAsync(FieldSample sample, FieldPerson person, int kill, TimeSpan whole)
    {
        var connects = await StartAsync(sample, person);
        var point = kill % 2 == 0 ? Points[kill / 2 % Points.Length] : default;
        HeldCall[] held = point.Operation is null ? [] : [.. connects.Select(_ => sample.Meta.Faults.Hold(point.Operation, point.After))];
        var posts = Task.WhenAll(connects.Select(connect => connect.PostAsync()));
        if (held.Length == 0)
            await Task.Delay(whole * Random.Shared.NextDouble() * 1.1);
        else
            await Task.WhenAny(Task.WhenAll(held.Select(call => call.Reached)), posts, Task.Delay(TimeSpan.FromSeconds(20)));
        await sample.KillAsync();
        sample.Meta.Faults.Clear();
        await posts;
        await sample.StartAgainAsync();
        return connects;
    }

    private static Task<Connect[]> StartAsync(FieldSample sample, FieldPerson person) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ => new Connect(person, sample.AddNumber(FieldSample.Unregistered), await person.StartPopupAsync())));

    private async Task LookAsync(FieldSample sample, Connect connect, bool inBrowser)
    {
        var (person, number) = (connect.Person, connect.Number);
        var registered = number.PlatformType == "CLOUD_API";
        var attempt = await person.AttemptAsync(connect.Start);
        var outcome = attempt.TryGetProperty("outcome", out var end) ? end.GetString() ?? "running" : "never claimed";
        _ends[outcome] = _ends.GetValueOrDefault(outcome) + 1;
        outcome.ShouldNotBe("running");
        var saved = await FindAsync(person, number);
        var connected = saved?.GetProperty("connected").GetBoolean() is true;
        (!registered && (connected || outcome == "connected")).ShouldBeFalse($"{number.Id} is not registered, and its attempt ended as {outcome}");
        if (saved is null)
        {
            outcome.ShouldNotBeOneOf("connected", "incomplete");
            return;
        }

        _saved++;
        if (connected)
            return;
        _open++;
        if (inBrowser)
            await FinishInBrowserAsync(sample, person, number);
        else
            await FinishByFormAsync(person, number);
        (await FindAsync(person, number))!.Value.GetProperty("connected").GetBoolean().ShouldBeTrue($"{number.Id} was finished, and its attempt ended as {outcome}");
        number.PlatformType.ShouldBe("CLOUD_API");
        _finished++;
    }

    /// <summary>Presses every button that the page offers, one page after the other.</summary>
    private static async Task FinishByFormAsync(FieldPerson person, EmulatedNumber number)
    {
        var path = "/onboarding/whatsapp/numbers/" + number.Id;
        for (var presses = 0; presses < 3; presses++)
        {
            var page = await person.PageAsync(path);
            if (Regex.Match(page, "name=\"step\" value=\"([a-z_]+)\"") is not { Success: true } step)
                return;
            await person.SendFormAsync(path + "?handler=Run", page, ("step", step.Groups[1].Value));
        }
    }

    private async Task FinishInBrowserAsync(FieldSample sample, FieldPerson person, EmulatedNumber number)
    {
        await using var visitor = await browser.OpenAsync(address: sample.Address);
        await visitor.Page.Context.AddCookiesAsync(person.Cookies);
        for (var presses = 0; presses < 3; presses++)
        {
            await visitor.Page.GotoAsync("/onboarding/whatsapp/numbers/" + number.Id);
            if (presses == 0)
                await visitor.FitsBothAsync($"killed-{_inBrowser}");
            var button = visitor.Page.Locator("form:has(input[name=step]) button");
            if (await button.CountAsync() == 0)
                break;
            await visitor.Page.RunAndWaitForResponseAsync(() => button.First.ClickAsync(), answer => answer.Request is { RedirectedFrom: not null, IsNavigationRequest: true });
            await visitor.Page.WaitForLoadStateAsync();
        }

        _inBrowser++;
    }

    private static async Task<JsonElement?> FindAsync(FieldPerson person, EmulatedNumber number) =>
        (await person.NumbersAsync()).Select(shown => (JsonElement?)shown).FirstOrDefault(shown => shown!.Value.GetProperty("id").GetString() == number.Id);

    private sealed record Connect(FieldPerson Person, EmulatedNumber Number, JsonElement Start)
    {
        /// <summary>The sample may die before it answers.</summary>
        public async Task PostAsync()
        {
            try
            {
                var state = Start.GetProperty("state").GetString();
                await Person.PostAsync("oauth", new { code = Person.CodeFor(Number), state, @event = "FINISH", wabaId = Number.Waba.Id, phoneNumberId = Number.Id });
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or JsonException)
            {
            }
        }
    }
}
