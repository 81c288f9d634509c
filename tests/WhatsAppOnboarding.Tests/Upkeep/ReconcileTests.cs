using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>Books and Meta are compared without changing either; a repair mends what is ours, and once.</summary>
public sealed class ReconcileTests : IAsyncLifetime
{
    private static readonly AccountId Acme = AccountId.Parse("acme");

    private readonly HostCopies _copies = new();
    private TheHost _host = null!;
    private EmulatedWaba _waba = null!;
    private EmulatedNumber _number = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TheHost.StartAsync(setup =>
        {
            _copies.AddTo(setup);
            setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0);
        });
        _waba = _host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        _number = _waba.AddNumber("+1 631-555-0100", "One");
        await _host.ConnectAsync("acme", _waba);
        _host.Meta.Calls.Clear();
    }

    [Fact]
    public async Task Of_an_account_that_is_well_there_is_nothing_to_say()
    {
        (await LookAsync()).ShouldBeEmpty();
        (await RepairAsync()).ShouldBeEmpty();
        Changing().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_copy_that_is_wrong_is_written_anew()
    {
        _copies.Of["acme"] = "999";

        (await LookAsync()).ShouldBe(["copy_wrong "]);
        (await RepairAsync()).ShouldBeEmpty();

        _copies.Of["acme"].ShouldBe(_waba.Id);
        Changing().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_subscription_that_is_gone_is_made_again()
    {
        _waba.IsAppSubscribed = false;

        (await LookAsync()).ShouldBe([$"subscription_missing {_waba.Id}"]);
        (await RepairAsync()).ShouldBeEmpty();

        _waba.IsAppSubscribed.ShouldBeTrue();
        Changing().ShouldBe([GraphOperations.SubscribeApp]);
        (await NumberAsync()).Evidence.ResubscribedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_subscription_that_is_there_and_not_recorded_is_recorded()
    {
        await WriteAsync(number => number with { OpenSteps = [new OpenStep { Step = StepNames.Subscribe, Code = ErrorCodes.MetaTimeout, Since = DateTimeOffset.UtcNow }] });

        (await LookAsync()).ShouldBe([$"subscription_not_recorded {_waba.Id}"]);
        (await RepairAsync()).ShouldBeEmpty();

        (await NumberAsync()).OpenSteps.ShouldBeEmpty();
        Changing().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_number_at_Meta_that_is_not_connected_here_is_listed_and_left()
    {
        var other = _waba.AddNumber("+1 631-555-0101", "Two");

        (await LookAsync()).ShouldBe([$"number_not_held {other.Id}"]);
        (await RepairAsync()).ShouldBe([$"number_not_held {other.Id}"]);

        (await _host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem();
        Changing().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_number_that_Meta_lists_no_more_is_listed_and_left_to_upkeep()
    {
        _waba.AddNumber("+1 631-555-0101", "Two");
        await _host.ConnectAsync("acme", _waba);
        _host.Meta.Calls.Clear();
        _number.Remove();

        (await LookAsync()).ShouldBe([$"number_not_listed {_number.Id}"]);
        (await RepairAsync()).ShouldBe([$"number_not_listed {_number.Id}"]);

        (await NumberAsync()).IsHeld.ShouldBeTrue();
    }

    [Fact]
    public async Task A_number_that_is_in_another_of_the_accounts_wabas_has_moved()
    {
        var second = _host.Meta.World.AddBusiness("Blue Wave").AddWaba("Second");
        second.AddNumber("+1 631-555-0102", "Three");
        await _host.ConnectAsync("acme", second);
        _host.Meta.Calls.Clear();
        _number.Remove();
        second.AddNumber("+1 631-555-0100", "One", _number.Id);

        (await LookAsync()).ShouldBe([$"number_moved {_number.Id}"]);
        (await RepairAsync()).ShouldBe([$"number_moved {_number.Id}"]);
    }

    [Fact]
    public async Task What_a_disconnect_left_at_Meta_is_undone()
    {
        _host.Meta.Faults.On(GraphOperations.UnsubscribeApp, Fault.Reset());
        await _host.DisconnectAsync("acme");
        _host.Meta.Calls.Clear();

        (await LookAsync()).ShouldBe([$"unsubscribe_open {_waba.Id}"]);
        (await RepairAsync()).ShouldBeEmpty();

        _waba.IsAppSubscribed.ShouldBeFalse();
        Changing().ShouldBe([GraphOperations.UnsubscribeApp]);
    }

    [Fact]
    public async Task What_nobody_can_undo_any_more_is_listed_as_long_as_nobody_holds_it()
    {
        await _host.DisconnectAsync("acme");
        await WriteAsync(number => number with { Findings = [new Finding { Code = Finding.StillSubscribed, At = DateTimeOffset.UtcNow, Subject = _waba.Id }] });

        (await LookAsync()).ShouldBe([$"still_subscribed {_waba.Id}"]);
        (await RepairAsync()).ShouldBe([$"still_subscribed {_waba.Id}"]);

        await _host.ConnectAsync("birch", _waba);
        (await LookAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_an_attempt_left_at_Meta_is_undone()
    {
        await _host.DisconnectAsync("acme");
        _copies.Fails = true;
        _host.Meta.Faults.On(GraphOperations.UnsubscribeApp, Fault.Reset());
        using (var api = _host.OpenApi("acme"))
        {
            var (code, state) = await api.GrantAsync(_host);
            (await ApiConnect.CodeOf(await api.FinishAsync(code, state))).ShouldBe("save_failed");
        }

        _copies.Fails = false;
        _host.Meta.Calls.Clear();
        var attempt = _host.App.Services.GetRequiredService<InMemoryConnectAttemptStore>().Of(Acme).Single(one => one.UndoAt is not null);

        (await LookAsync()).ShouldBe([$"attempt_not_undone {attempt.Id}"]);
        (await RepairAsync()).ShouldBeEmpty();

        _waba.IsAppSubscribed.ShouldBeFalse();
        Changing().ShouldBe([GraphOperations.UnsubscribeApp]);
    }

    [Fact]
    public async Task What_Meta_does_not_show_is_said_to_be_unread_and_nothing_is_concluded()
    {
        _host.Meta.World.RevokeAll();

        (await LookAsync()).ShouldBe([$"waba_unread {_waba.Id}"]);
        (await RepairAsync()).ShouldBe([$"waba_unread {_waba.Id}"]);

        (await NumberAsync()).IsHeld.ShouldBeTrue();
        Changing().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(GraphOperations.ListSubscribedApps, null, "meta_unavailable")]
    [InlineData(GraphOperations.ListSubscribedApps, """{"data":[{"whatsapp_business_api_data":{"id":"1"}},{"unread":1}]}""", "meta_unreadable")]
    [InlineData(GraphOperations.ListPhoneNumbers, """{"data":[{"id":"$NUMBER"},{"unread":1}]}""", "meta_unreadable")]
    public async Task What_could_not_be_looked_at_is_said_to_be_unread(string operation, string? shown, string reason)
    {
        _host.Meta.Faults.On(operation, shown is null ? Fault.Error(500, 2) : Fault.WrongJson(shown.Replace("$NUMBER", _number.Id, StringComparison.Ordinal)), times: int.MaxValue);

        (await LookAsync()).ShouldBe([$"waba_unread {_waba.Id}"]);
        (await RepairAsync()).ShouldBe([$"waba_unread {_waba.Id}"]);

        (await _host.UseAsync<IWhatsAppOperator, IReadOnlyList<Finding>>(operations => operations.ReconcileAsync(Acme))).Single().Reason.ShouldBe(reason);
        Changing().ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>Looks, which changes nothing.</summary>
    private async Task<string[]> LookAsync()
    {
        var (before, copy, changing) = (await _host.ReadAsync("acme"), _copies.Of.GetValueOrDefault("acme"), Changing().Length);
        var found = await ReconcileAsync(repair: false);
        var after = await _host.ReadAsync("acme");
        (after.Reference.Version, _copies.Of.GetValueOrDefault("acme"), Changing().Length).ShouldBe((before.Reference.Version, copy, changing));
        return found;
    }

    /// <summary>Repairs twice, of which the second changes nothing; what is left.</summary>
    private async Task<string[]> RepairAsync()
    {
        var left = await ReconcileAsync(repair: true);
        var (version, changing) = ((await _host.ReadAsync("acme")).Reference.Version, Changing().Length);
        (await ReconcileAsync(repair: true)).ShouldBe(left);
        ((await _host.ReadAsync("acme")).Reference.Version, Changing().Length).ShouldBe((version, changing));
        return left;
    }

    private async Task<string[]> ReconcileAsync(bool repair) =>
        [.. (await _host.UseAsync<IWhatsAppOperator, IReadOnlyList<Finding>>(operations => operations.ReconcileAsync(Acme, repair))).Select(found => $"{found.Code} {found.Subject}")];

    /// <summary>The calls that change something at Meta.</summary>
    private string[] Changing() => [.. _host.Meta.Calls.All.Where(call => call.Method != "GET").Select(call => call.Operation)];

    private async Task<PhoneNumber> NumberAsync() => (await _host.ReadAsync("acme")).Find(PhoneNumberId.Parse(_number.Id))!;

    private async Task WriteAsync(Func<PhoneNumber, PhoneNumber> change)
    {
        await _host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(Acme, account => [change(account.Find(PhoneNumberId.Parse(_number.Id))!)]));
        _host.Meta.Calls.Clear();
    }
}
