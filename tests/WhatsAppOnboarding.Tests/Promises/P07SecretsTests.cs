using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.RegularExpressions;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Promises;

public sealed class P07SecretsTests
{
    private readonly ConcurrentQueue<string> _written = new();

    [Fact]
    public async Task No_log_trace_metric_answer_or_redirect_holds_a_secret_whatever_meta_does()
    {
        using var traces = ListenToActivities();
        using var metrics = ListenToMetrics();
        await using var host = await TheHost.StartAsync(setup =>
        {
            PopupConnect.Configure(setup);
            setup["GraphAttemptTimeout"] = "00:00:03";
            setup["MaxExchanges"] = "20";
            setup["NumberChoice"] = "Ask";
        });
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        var states = new List<string>();
        using var browser = await host.OpenBrowserAsync("acme");
        using var api = host.OpenApi("acme");

        foreach (var operation in (string?[])[GraphOperations.DebugToken, GraphOperations.ListPhoneNumbers, GraphOperations.SubscribeApp, null])
        {
            if (operation is not null)
                host.Meta.Faults.On(operation, Fault.Error(400, 100, message: "token " + number.Id), times: 5);
            var back = await host.Meta.ApproveAsync(await browser.StartAsync(), null, TestContext.Current.CancellationToken);
            states.Add(Browser.Query(back, "state"));
            await RecordAsync(await browser.GetAsync(back.PathAndQuery));
            host.Meta.Faults.Clear();
        }

        var (code, state) = await api.GrantAsync(host);
        states.Add(state);
        await RecordAsync(await api.FinishAsync(code + "x", state));
        await RecordAsync(await api.FinishAsync(code, state));
        var pins = await RegisterAndVerifyAsync(host, number, browser, api);
        await RecordAsync(await browser.GetAsync("/api/integrations/whatsapp/status"));
        number.Waba.AddNumber("+1 631-555-0101", "Two");
        states.Add(await api.StartPopupStateAsync());
        await RecordAsync(await api.PostAsync(new { state = states[^1], ending = "popup_error", errorCode = "1", sessionId = "2" }));
        var start = await api.StartPopupAsync();
        states.Add(start.GetProperty("state").GetString()!);
        await RecordAsync(await api.PostAsync(new { state = states[^1], code = host.Meta.IssuePopupCode(), wabaId = number.Waba.Id, @event = "FINISH" }));
        var attempt = start.GetProperty("attemptId").GetGuid();
        await RecordAsync(await api.AskAsync($"/api/integrations/whatsapp/attempts/{attempt}"));
        await RecordAsync(await api.PostAsync(new { attemptId = attempt, phoneNumberIds = new[] { number.Id } }, "/api/integrations/whatsapp/choose"));
        await RecordAsync(await api.AskAsync($"/api/integrations/whatsapp/attempts/{attempt}"));
        await host.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+15550001", "Ann", "hello", TestContext.Current.CancellationToken);
        await RecordAsync(await browser.PostAsync("/api/integrations/whatsapp/disconnect"));
        await RecordAsync(await browser.GetAsync("/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1"));

        foreach (var line in host.Logs.Lines)
            _written.Enqueue(line.Text);
        string[] secrets =
        [
            host.Meta.AppSecret,
            TheHost.VerifyToken,
            .. states,
            .. host.Meta.World.IssuedTokens.Select(token => token.Value),
            .. host.Meta.World.IssuedCodes.Select(issued => issued.Value),
        ];
        secrets.Length.ShouldBeGreaterThan(10);
        foreach (var secret in secrets)
            _written.ShouldNotContain(text => text.Contains(secret) || text.Contains(Uri.EscapeDataString(secret)), "a secret was written");
        foreach (var pin in pins)
            _written.ShouldNotContain(text => Regex.IsMatch(text, $@"(?<!\d){pin}(?!\d)"), "a PIN or a code was written");
        _written.ShouldContain(text => text.Contains("exchange_code"));
    }

    /// <summary>Goes through every way in which a PIN or a code travels; the one answer that may show a PIN is not recorded.</summary>
    private async Task<string[]> RegisterAndVerifyAsync(TheHost host, EmulatedNumber number, Browser browser, HttpClient api)
    {
        const string given = "904617";
        const string steps = "/api/integrations/whatsapp/steps";
        (number.Status, number.PlatformType, number.CodeVerificationStatus) = ("PENDING", "NOT_APPLICABLE", "NOT_VERIFIED");
        var (code, state) = await api.GrantAsync(host);
        await RecordAsync(await api.FinishAsync(code, state));
        await RecordAsync(await browser.PostAsync(steps, new { phoneNumberId = number.Id, step = "request_code" }));
        host.Meta.Faults.On(GraphOperations.VerifyCode, Fault.Error(400, 136025, message: "wrong " + number.LastCode));
        for (var twice = 0; twice < 2; twice++)
        {
            host.Meta.Faults.On(GraphOperations.Register, Fault.Error(400, 133015, message: "pin " + given));
            await RecordAsync(await browser.PostAsync(steps, new { phoneNumberId = number.Id, step = "verify_code", code = number.LastCode }));
        }

        host.Meta.Faults.Clear();
        var made = (await Browser.JsonAsync(await browser.PostAsync("/api/integrations/whatsapp/pin", new { phoneNumberId = number.Id }))).GetProperty("pin").GetString()!;
        made.ShouldNotBe(given);
        await RecordAsync(await browser.PostAsync(steps, new { phoneNumberId = number.Id, step = "register", pin = given }));
        await RecordAsync(await browser.PostAsync(steps, new { phoneNumberId = number.Id, step = "register", pin = given, code = number.LastCode }));
        number.TwoStepPin.ShouldBe(given);
        (await browser.PostAsync("/api/integrations/whatsapp/pin", new { phoneNumberId = number.Id })).StatusCode.ShouldBe(HttpStatusCode.OK);
        return [given, made, number.LastCode!];
    }

    private async Task RecordAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldNotBe(HttpStatusCode.InternalServerError);
        _written.Enqueue(answer.Headers + await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private ActivityListener ListenToActivities()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "WhatsAppOnboarding" or "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _written.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(item => item.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private MeterListener ListenToMetrics()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "WhatsAppOnboarding")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => _written.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray())}"));
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => _written.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray())}"));
        listener.Start();
        return listener;
    }
}
