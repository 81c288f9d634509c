using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Setup;

public sealed class RegisterTests
{
    [Fact]
    public async Task A_number_that_is_definitely_not_registered_is_registered_by_connecting()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);

        (await number.ConnectAsync()).ShouldBe("connected");

        var saved = await number.ReadAsync();
        (saved.PlatformType, saved.Status).ShouldBe((PlatformType.CloudApi, NumberStatus.Connected));
        saved.Evidence.RegisteredAt.ShouldNotBeNull();
        saved.Running.ShouldBeNull();
        (await number.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeTrue();
        number.Calls(GraphOperations.Register).ShouldBe(1);
        var pin = (await number.ReadPinAsync())!;
        (pin.IsConfirmed, pin.Pin.Reveal()).ShouldBe((true, number.AtMeta.TwoStepPin!));
        Steps(number).ShouldBe(["register: ok"]);
    }

    [Theory]
    [InlineData("CONNECTED", "CLOUD_API", "VERIFIED", "connected", "")]
    [InlineData("CONNECTED", "NOT_APPLICABLE", "VERIFIED", "connected", "")]
    [InlineData("PENDING", "A_NEW_WORD", "VERIFIED", "incomplete", "")]
    [InlineData("BANNED", "NOT_APPLICABLE", "VERIFIED", "incomplete", "")]
    [InlineData("A_NEW_WORD", "NOT_APPLICABLE", "VERIFIED", "incomplete", "register: registration_unknown")]
    [InlineData("PENDING", "NOT_APPLICABLE", "NOT_VERIFIED", "incomplete", "verify: code_needed")]
    [InlineData("PENDING", "NOT_APPLICABLE", "EXPIRED", "incomplete", "verify: code_needed")]
    [InlineData("PENDING", "NOT_APPLICABLE", "A_NEW_WORD", "incomplete", "register: registration_unknown")]
    public async Task Every_other_number_is_left_alone_and_what_is_open_is_told(string status, string platform, string code, string outcome, string open)
    {
        await using var number = await ANumber.StartAsync(shape =>
            (shape.Status, shape.PlatformType, shape.CodeVerificationStatus) = (status, platform, code));

        (await number.ConnectAsync()).ShouldBe(outcome);

        number.Calls(GraphOperations.Register).ShouldBe(0);
        string.Join(' ', await number.OpenAsync()).ShouldBe(open);
        (await number.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBe(outcome == "connected");
    }

    [Fact]
    public async Task Where_meta_does_not_say_whether_the_number_is_in_the_app_nothing_is_registered_until_a_person_orders_it()
    {
        await using var number = await ANumber.StartAsync(
            ANumber.Unregistered, setup => setup["PhoneNumberFields"] = "id,display_phone_number,status,code_verification_status,platform_type");

        (await number.ConnectAsync()).ShouldBe("incomplete");
        number.Calls(GraphOperations.Register).ShouldBe(0);
        (await number.OpenAsync()).ShouldBe(["register: registration_unknown"]);

        (await number.StepAsync("register")).ShouldBe("ok");
        number.AtMeta.Status.ShouldBe("CONNECTED");
    }

    [Fact]
    public async Task What_was_only_asked_about_is_registered_by_the_next_connect_in_which_meta_says_enough()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Error(400, 100));
        (await number.ConnectAsync()).ShouldBe("incomplete");
        (await number.OpenAsync()).ShouldBe(["register: registration_unknown"]);

        (await number.ConnectAsync()).ShouldBe("connected");
        number.Calls(GraphOperations.Register).ShouldBe(1);
    }

    [Fact]
    public async Task The_pin_is_stored_before_it_is_sent_and_survives_a_connection_that_breaks()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        var held = number.Faults.Hold(GraphOperations.Register);
        number.Faults.On(GraphOperations.Register, Fault.AfterEffect());
        var connecting = number.ConnectAsync();
        await held.Reached;

        var before = (await number.ReadPinAsync())!;
        before.IsConfirmed.ShouldBeFalse();
        held.Release();

        (await connecting).ShouldBe("incomplete");
        (await number.OpenAsync()).ShouldBe(["register: meta_unreachable"]);
        var after = (await number.ReadPinAsync())!;
        (after.Pin.Reveal(), after.IsConfirmed).ShouldBe((number.AtMeta.TwoStepPin!, false));
        after.Pin.Reveal().ShouldBe(before.Pin.Reveal());
        number.Calls(GraphOperations.Register).ShouldBe(1);
    }

    [Fact]
    public async Task After_an_end_that_nobody_knows_the_same_pin_is_used_again()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.AfterEffect());
        await number.ConnectAsync();
        var pin = number.AtMeta.TwoStepPin!;
        ANumber.Unregistered(number.AtMeta);

        (await number.StepAsync("register")).ShouldBe("ok");

        number.AtMeta.TwoStepPin.ShouldBe(pin);
        (await number.ReadPinAsync())!.IsConfirmed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_number_that_turns_out_to_be_registered_is_finished_without_a_call()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.AfterEffect());
        await number.ConnectAsync();

        (await number.StepAsync("register")).ShouldBe("ok");

        number.Calls(GraphOperations.Register).ShouldBe(1);
        (await number.OpenAsync()).ShouldBeEmpty();
        (await number.StepAsync("register")).ShouldBe("step_not_open");
    }

    [Fact]
    public async Task Many_numbers_are_registered_side_by_side_and_one_that_fails_stays_open_alone()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered, meta: new MetaEmulatorOptions { Latency = TimeSpan.FromMilliseconds(250) });
        for (var more = 1; more < 8; more++)
            number.AtMeta.Waba.AddNumber($"+1 631-555-010{more}", "More", ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 133016), when: call => call.Path.Contains(number.AtMeta.Id, StringComparison.Ordinal));

        (await number.ConnectAsync()).ShouldBe("incomplete");

        var numbers = (await number.Host.ReadAsync("acme")).Numbers;
        numbers.Count(one => one.OpenSteps.Count == 0 && one.Evidence.RegisteredAt is not null).ShouldBe(7);
        (await number.OpenAsync()).ShouldBe(["register: register_limit"]);
        number.Host.Meta.Calls.LongestChain().ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public async Task What_is_not_done_in_time_stays_open_and_the_attempt_succeeds()
    {
        var clock = new ManualTimeProvider();
        await using var number = await ANumber.StartAsync(ANumber.Unregistered, setup =>
        {
            setup.Services.AddSingleton<TimeProvider>(clock);
            setup["GraphTotalTimeout"] = setup["GraphAttemptTimeout"] = "00:00:40";
        });
        number.Faults.On(GraphOperations.Register, Fault.Hang());
        var connecting = number.ConnectAsync();
        await Eventually.TrueAsync(() => number.Calls(GraphOperations.Register) > 0, "the number is being registered");

        clock.Advance(TimeSpan.FromSeconds(31));

        (await connecting).ShouldBe("incomplete");
        (await number.OpenAsync()).ShouldBe(["register: meta_timeout"]);
        (await number.ReadPinAsync()).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_late_result_does_not_change_a_number_that_was_connected_anew()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        var held = number.Faults.Hold(GraphOperations.Register);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 133008));
        var first = number.ConnectAsync();
        await held.Reached;
        (number.AtMeta.Status, number.AtMeta.PlatformType) = ("CONNECTED", "CLOUD_API");

        (await number.ConnectAsync()).ShouldBe("connected");
        held.Release();
        await first;

        (await number.OpenAsync()).ShouldBeEmpty();
        (await number.ReadAsync()).Running.ShouldBeNull();
    }

    [Fact]
    public async Task A_number_that_is_being_registered_is_not_registered_a_second_time_by_connecting_anew()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        var held = number.Faults.Hold(GraphOperations.Register);
        var first = number.ConnectAsync();
        await held.Reached;

        (await number.ConnectAsync()).ShouldBe("incomplete");
        held.Release();
        await first;

        number.Calls(GraphOperations.Register).ShouldBe(1);
        (await number.OpenAsync()).ShouldBe(["register: pending"]);
        (await number.StepAsync("register")).ShouldBe("ok");
        number.Calls(GraphOperations.Register).ShouldBe(1);
    }

    [Fact]
    public async Task A_pin_survives_a_disconnect_and_a_connect_and_goes_with_the_account()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        await number.ConnectAsync();
        var pin = number.AtMeta.TwoStepPin!;

        await number.Host.DisconnectAsync("acme");
        (await number.ReadPinAsync())!.Pin.Reveal().ShouldBe(pin);
        await number.ConnectAsync();
        (await number.ReadPinAsync())!.Pin.Reveal().ShouldBe(pin);
        await number.Host.UseAsync<IWhatsAppAccounts, DisconnectResult>(accounts => accounts.EraseAsync(AccountId.Parse("acme")));
        (await number.ReadPinAsync()).ShouldBeNull();
    }

    private static string[] Steps(ANumber number) =>
    [
        .. number.Host.App.Services.GetRequiredService<InMemoryConnectAttemptStore>().Of(AccountId.Parse("acme")).Single().Steps
            .Where(step => step.Step is StepNames.Register or StepNames.SyncContacts or StepNames.SyncHistory)
            .Select(step => $"{step.Step}: {step.Result}"),
    ];
}
