using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Setup;

public sealed class BudgetTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task The_eleventh_registration_within_72_hours_is_not_sent_and_it_is_told_when_it_may_be()
    {
        await using var number = await StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 133015), times: int.MaxValue);
        await number.ConnectAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        for (var again = 2; again <= 10; again++)
            (await number.StepAsync("register")).ShouldBe("number_just_deleted");
        var pin = (await number.ReadPinAsync())!.Pin.Reveal();

        using var api = number.Host.OpenApi("acme");
        var refused = await api.PostAsJsonAsync(ANumber.Steps, new { phoneNumberId = number.AtMeta.Id, step = "register", pin = "123456" }, TestContext.Current.CancellationToken);

        (refused.StatusCode, await ApiConnect.CodeOf(refused)).ShouldBe((HttpStatusCode.TooManyRequests, "register_limit"));
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromHours(71));
        number.Calls(GraphOperations.Register).ShouldBe(10);
        (await number.OpenAsync()).ShouldBe(["register: register_limit"]);
        (await number.ReadPinAsync())!.Pin.Reveal().ShouldBe(pin, "a PIN that was never sent is not kept");
        var status = await number.StatusAsync();
        status.GetProperty("pinStored").GetBoolean().ShouldBeTrue();
        var view = status.GetProperty("registration");
        (view.GetProperty("used").GetInt32(), view.GetProperty("limit").GetInt32()).ShouldBe((10, 10));
        view.GetProperty("nextAt").GetDateTimeOffset().ShouldBe(_clock.GetUtcNow().AddHours(71));

        number.Faults.Clear();
        _clock.Advance(TimeSpan.FromHours(71));
        (await number.StepAsync("register")).ShouldBe("ok");
    }

    [Fact]
    public async Task Two_accounts_share_the_budget_of_a_number()
    {
        await using var number = await StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 133015), times: int.MaxValue);
        await number.ConnectAsync("acme");
        await number.ConnectAsync("globex");
        for (var again = 3; again <= 10; again++)
            (await number.StepAsync("register", again % 2 == 0 ? "acme" : "globex")).ShouldBe("number_just_deleted");

        (await number.StepAsync("register", "acme")).ShouldBe("register_limit");
        (await number.StepAsync("register", "globex")).ShouldBe("register_limit");

        number.Calls(GraphOperations.Register).ShouldBe(10);
    }

    [Fact]
    public async Task Of_many_requests_for_a_number_at_once_one_registers_it()
    {
        await using var number = await StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 133015));
        await number.ConnectAsync();
        var held = number.Faults.Hold(GraphOperations.Register);
        var first = number.StepAsync("register");
        await held.Reached;

        var others = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => number.StepAsync("register")));
        others.ShouldAllBe(code => code == "step_running");
        held.Release();

        (await first).ShouldBe("ok");
        number.Calls(GraphOperations.Register).ShouldBe(2);
    }

    [Fact]
    public async Task A_request_that_was_broken_off_blocks_a_number_for_no_longer_than_a_minute_and_what_clocks_may_be_apart()
    {
        await using var number = await StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 133015));
        await number.ConnectAsync();
        await number.Host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(
            AccountId.Parse("acme"),
            account => [account.Numbers.Single() with { Running = new RunningStep { Id = Guid.NewGuid(), Step = "register", StartedAt = _clock.GetUtcNow() } }]));

        (await number.StepAsync("register")).ShouldBe("step_running");
        _clock.Advance(TimeSpan.FromMinutes(3));
        (await number.StepAsync("register")).ShouldBe("ok");
    }

    [Theory]
    [InlineData(-120 - 40, "step_running")]
    [InlineData(-61, "step_running")]
    [InlineData(120 - 1, "step_running")]
    [InlineData(-180, "ok")]
    [InlineData(180, "ok")]
    public async Task A_step_of_a_node_whose_clock_is_up_to_two_minutes_apart_is_left_alone(int startedAfter, string code)
    {
        await using var number = await StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 133015));
        await number.ConnectAsync();
        await number.Host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(
            AccountId.Parse("acme"),
            account => [account.Numbers.Single() with { Running = new RunningStep { Id = Guid.NewGuid(), Step = "register", StartedAt = _clock.GetUtcNow().AddSeconds(startedAfter) } }]));

        (await number.StepAsync("register")).ShouldBe(code);
        number.Calls(GraphOperations.Register).ShouldBe(code == "ok" ? 2 : 1);
    }

    [Fact]
    public async Task Counted_calls_are_forgotten_when_the_longest_window_is_over()
    {
        await using var number = await StartAsync(ANumber.Unregistered);
        await number.ConnectAsync();
        var budget = number.Host.App.Services.GetRequiredService<MetaCalls>();
        var at = _clock.GetUtcNow();

        _clock.Advance(TimeSpan.FromHours(74));

        await Eventually.TrueAsync(async () => (await budget.ReadAsync(number.Id, StepTable.Register, at, TestContext.Current.CancellationToken))!.Used == 0, "they are forgotten");
    }

    private Task<ANumber> StartAsync(Action<EmulatedNumber> shape) =>
        ANumber.StartAsync(shape, setup => setup.Services.AddSingleton<TimeProvider>(_clock), new MetaEmulatorOptions { TimeProvider = _clock });
}
