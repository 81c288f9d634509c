using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Tests.Setup;

namespace WhatsAppOnboarding.Tests.Errors;

/// <summary>For each call to Meta a flow that makes it, and where its failure is told. Each run has an account and a WABA of its own.</summary>
public sealed class MetaFlows : IAsyncLifetime
{
    private static readonly string[] Scopes = ["whatsapp_business_management", "whatsapp_business_messaging", "business_management"];

    private readonly Dictionary<string, Func<Fault, Task<MetaFlow>>> _flows;
    private int _runs;

    private Fault? _overrideFault;

    public MetaFlows() => _flows = new()
    {
        ["exchange_code"] = fault => ConnectAsync(SystemUser, GraphOperations.ExchangeCode, fault),
        ["inspect_token"] = fault => ConnectAsync(SystemUser, GraphOperations.DebugToken, fault),
        ["list_phone_numbers"] = fault => ConnectAsync(SystemUser, GraphOperations.ListPhoneNumbers, fault),
        ["extend_token"] = ExtendAsync,
        ["list_businesses"] = fault => ConnectAsync(Unnamed, GraphOperations.ListBusinesses, fault),
        ["list_owned_wabas"] = fault => ConnectAsync(Unnamed, GraphOperations.ListOwnedWabas, fault),
        ["list_client_wabas"] = fault => ConnectAsync(Unnamed, GraphOperations.ListClientWabas, fault, empty: GraphOperations.ListOwnedWabas),
        ["subscribe_app"] = fault => OpenStepAsync(GraphOperations.SubscribeApp, fault),
        ["override_webhook"] = OverrideAsync,
        ["list_app_subscriptions"] = fault => SetUpAsync(GraphOperations.ListAppSubscriptions, fault),
        ["subscribe_app_fields"] = fault => SetUpAsync(GraphOperations.SetAppSubscription, fault),
        ["unsubscribe_app"] = UnsubscribeAsync,
        ["register_number"] = fault => OpenStepAsync(GraphOperations.Register, fault, ANumber.Unregistered),
        ["deregister_number"] = DeregisterAsync,
        ["request_code"] = fault => StepAsync(GraphOperations.RequestCode, fault, number => new { phoneNumberId = number, step = "request_code" }),
        ["send_message"] = SendAsync,
        ["verify_code"] = fault => StepAsync(GraphOperations.VerifyCode, fault, number => new { phoneNumberId = number, step = "verify_code", code = "123456" }),
    };

    /// <summary>WABAs with an address of their own that does not answer.</summary>
    private TheHost Overriding { get; set; } = null!;

    /// <summary>The calls that have a flow.</summary>
    public IReadOnlyCollection<string> Calls => [.. _flows.Keys, MetaErrors.Dialog];

    /// <summary>Tokens of a system user.</summary>
    private TheHost SystemUser { get; set; } = null!;

    /// <summary>Short-lived tokens of a person.</summary>
    private TheHost Person { get; set; } = null!;

    /// <summary>Tokens of a person that name no WABA, so that the portfolios are searched.</summary>
    private TheHost Unnamed { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        SystemUser = await StartAsync(new());
        Person = await StartAsync(new() { TokenKind = EmulatedTokenKind.User });
        Overriding = await StartAsync(new(), library => library.UseWebhookOverride(AddressOf));
        Unnamed = await StartAsync(new() { TokenKind = EmulatedTokenKind.User, NameTargets = false, Scopes = Scopes });
    }

    /// <summary>Runs the flow with that fault at that call.</summary>
    public Task<MetaFlow> RunAsync(string call, Fault fault) => _flows[call](fault);

    public async ValueTask DisposeAsync()
    {
        await SystemUser.DisposeAsync();
        await Person.DisposeAsync();
        await Unnamed.DisposeAsync();
        await Overriding.DisposeAsync();
    }

    /// <summary>The failure is the outcome of the attempt; a listing beside it may be made to find nothing.</summary>
    private async Task<MetaFlow> ConnectAsync(TheHost host, string operation, Fault fault, string? empty = null)
    {
        var (account, waba) = Begin(host);
        using var browser = await host.OpenBrowserAsync(account);
        if (empty is not null)
            host.Meta.Faults.On(empty, Fault.WrongJson("""{"data":[]}"""), times: int.MaxValue);
        host.Meta.Faults.On(operation, fault, times: int.MaxValue);

        var end = await browser.ConnectAsync(waba);

        return End(host, end.Replace("/onboarding/whatsapp?error=", "", StringComparison.Ordinal));
    }

    /// <summary>The failure costs nothing but the longer life; it is told by the step of the attempt.</summary>
    private async Task<MetaFlow> ExtendAsync(Fault fault)
    {
        var (account, waba) = Begin(Person);
        Person.Meta.Faults.On(GraphOperations.ExtendToken, fault, times: int.MaxValue);
        using var api = Person.OpenApi(account);
        var (code, state) = await api.GrantAsync(Person, waba);

        var answer = await Browser.JsonAsync(await api.FinishAsync(code, state));

        var id = answer.GetProperty("attemptId").GetGuid();
        var attempt = await Person.UseAsync<AttemptRecords, ConnectAttempt?>(store => store.FindAsync(AccountId.Parse(account), id));
        return End(Person, attempt!.Steps.Single(step => step.Step == "extend").Result);
    }

    /// <summary>The failure is an open step of the number.</summary>
    private async Task<MetaFlow> OpenStepAsync(string operation, Fault fault, Action<EmulatedNumber>? shape = null)
    {
        var (account, waba) = Begin(SystemUser, shape);
        SystemUser.Meta.Faults.On(operation, fault, times: int.MaxValue);
        using var browser = await SystemUser.OpenBrowserAsync(account);
        (await browser.ConnectAsync(waba)).ShouldBe("/dashboard?whatsapp=incomplete");

        var step = (await browser.StatusAsync()).GetProperty("phoneNumbers")[0].GetProperty("openSteps").EnumerateArray().ShouldHaveSingleItem();

        return End(SystemUser, step.GetProperty("code").GetString()!);
    }

    /// <summary>The failure is told by the disconnect that was to deregister the number.</summary>
    private async Task<MetaFlow> DeregisterAsync(Fault fault)
    {
        var (account, waba) = Begin(SystemUser);
        using (var browser = await SystemUser.OpenBrowserAsync(account))
            (await browser.ConnectAsync(waba)).ShouldBe("/dashboard?whatsapp=connected");
        SystemUser.Meta.Faults.On(GraphOperations.Deregister, fault, times: int.MaxValue);

        var result = await SystemUser.UseAsync<IWhatsAppAccounts, DisconnectResult>(accounts => accounts.DisconnectAsync(
            AccountId.Parse(account), new DisconnectScope { Deregister = true }, TestContext.Current.CancellationToken));

        return End(SystemUser, result.NotDeregistered.Values.ShouldHaveSingleItem());
    }

    /// <summary>The failure is the answer to a step that a person asked for.</summary>
    private async Task<MetaFlow> StepAsync(string operation, Fault fault, Func<string, object> body)
    {
        var (account, waba) = Begin(SystemUser, ANumber.Unverified);
        using (var browser = await SystemUser.OpenBrowserAsync(account))
            (await browser.ConnectAsync(waba)).ShouldBe("/dashboard?whatsapp=incomplete");
        SystemUser.Meta.Faults.On(operation, fault, times: int.MaxValue);
        using var api = SystemUser.OpenApi(account);
        var number = (await SystemUser.ReadAsync(account)).Numbers.ShouldHaveSingleItem().PhoneNumberId;

        var answer = await api.PostAsJsonAsync(ANumber.Steps, body(number.ToString()), TestContext.Current.CancellationToken);

        return End(SystemUser, await ApiConnect.CodeOf(answer));
    }

    /// <summary>The failure is the operator's alone: it stands in the log, by its code.</summary>
    private async Task<MetaFlow> OverrideAsync(Fault fault)
    {
        var (account, waba) = Begin(Overriding);
        _overrideFault = fault;
        using (var browser = await Overriding.OpenBrowserAsync(account))
            (await browser.ConnectAsync(waba)).ShouldBe("/dashboard?whatsapp=connected");

        var line = Overriding.Logs.Lines.Single(line => line.EventId == 1218);
        return End(Overriding, line.Text.Split('(', ')')[1]);
    }

    /// <summary>Asked for between the two calls of the same route: the subscription stands, and the address is refused.</summary>
    private Uri? AddressOf(WabaId waba)
    {
        Overriding.Meta.Faults.On(GraphOperations.SubscribeApp, _overrideFault!, times: int.MaxValue);
        return new Uri("http://127.0.0.1:1/");
    }

    /// <summary>The failure is a difference in the report to the operator.</summary>
    private async Task<MetaFlow> SetUpAsync(string operation, Fault fault)
    {
        Begin(SystemUser);
        SystemUser.Meta.Faults.On(operation, fault, times: int.MaxValue);

        var report = await SystemUser.UseAsync<IWhatsAppOperator, WebhookSetupReport>(operations => operations.ApplyWebhookSetupAsync());

        return End(SystemUser, report.Differences[0].Reason!);
    }

    /// <summary>The failure is an open step of the disconnect.</summary>
    private async Task<MetaFlow> UnsubscribeAsync(Fault fault)
    {
        var (account, waba) = Begin(SystemUser);
        using (var browser = await SystemUser.OpenBrowserAsync(account))
            (await browser.ConnectAsync(waba)).ShouldBe("/dashboard?whatsapp=connected");
        SystemUser.Meta.Faults.On(GraphOperations.UnsubscribeApp, fault, times: int.MaxValue);
        using var api = SystemUser.OpenApi(account);

        var answer = await Browser.JsonAsync(await api.PostAsync("/api/integrations/whatsapp/disconnect", null, TestContext.Current.CancellationToken));

        return End(SystemUser, answer.GetProperty("openSteps")[0].GetProperty("code").GetString()!);
    }

    /// <summary>The failure is what Meta's login comes back with; there is no call.</summary>
    public async Task<MetaFlow> ReturnAsync(string query)
    {
        var (account, _) = Begin(SystemUser);
        using var browser = await SystemUser.OpenBrowserAsync(account);
        var state = Uri.EscapeDataString(Browser.Query(await browser.StartAsync(), "state"));

        var end = await browser.ReturnAsync(new Uri(SystemUser.Address, $"{Browser.Callback}?{query}&state={state}"));

        return End(SystemUser, end.Replace("/onboarding/whatsapp?error=", "", StringComparison.Ordinal));
    }

    /// <summary>The failure is the result of the host's own call, told by the library's code for it.</summary>
    private async Task<MetaFlow> SendAsync(Fault fault)
    {
        Begin(SystemUser);
        SystemUser.Meta.Faults.On(GraphOperations.SendMessage, fault, times: int.MaxValue);

        var sent = await SystemUser.UseAsync<IGraphClient, GraphResult<SentMessage>>(graph => graph.SendAsync(Graph.Some.Message));

        return End(SystemUser, MetaErrors.StableOf(sent.Error!));
    }

    private (string Account, string Waba) Begin(TheHost host, Action<EmulatedNumber>? shape = null)
    {
        var run = Interlocked.Increment(ref _runs);
        host.Logs.Clear();
        var waba = host.Meta.World.AddBusiness($"Business {run}").AddWaba("Main");
        waba.AddNumber($"+1 631-555-{run:0000}", "One", shape);
        return ($"account-{run}", waba.Id);
    }

    private static MetaFlow End(TheHost host, string code)
    {
        host.Meta.Faults.Clear();
        return new MetaFlow(code, [.. host.Logs.Lines]);
    }

    private static Task<TheHost> StartAsync(MetaEmulatorOptions options, Action<WhatsAppOnboardingBuilder>? library = null) => TheHost.StartAsync(
        setup =>
        {
            setup.Library = library;
            foreach (var (index, scope) in Scopes.Index())
                setup[$"Scopes:{index}"] = scope;
            setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0);
        },
        options);
}

/// <summary>What a flow told of a failure.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Logs">What the operator can read.</param>
public sealed record MetaFlow(string Code, IReadOnlyList<CollectedLogs.Line> Logs);
