using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Tests.Setup;

public sealed class RegisterErrorTests
{
    [Theory]
    [InlineData(500, 133000, "register", "deregister_incomplete")]
    [InlineData(503, 133004, "register", "meta_unavailable")]
    [InlineData(400, 133005, "register", "pin_needed")]
    [InlineData(400, 133006, "verify", "code_needed")]
    [InlineData(400, 133008, "register", "pin_locked")]
    [InlineData(400, 133009, "register", "pin_too_fast")]
    [InlineData(400, 133015, "register", "number_just_deleted")]
    [InlineData(400, 133016, "register", "register_limit")]
    [InlineData(403, 131031, "register", "pin_or_locked")]
    [InlineData(400, 130497, "register", "country_restricted")]
    [InlineData(400, 368, "register", "account_blocked")]
    [InlineData(400, 33, "register", "number_deleted")]
    [InlineData(401, 190, "register", "token_invalid")]
    [InlineData(403, 200, "register", "permission_missing")]
    [InlineData(400, 80007, "register", "meta_throttled")]
    [InlineData(400, 4711, "register", "meta_refused")]
    public async Task What_meta_says_against_a_registration_is_the_code_of_the_step_that_stays_open(int status, int meta, string step, string code)
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(status, meta));

        (await number.ConnectAsync()).ShouldBe("incomplete");

        var open = (await number.ReadAsync()).OpenSteps.ShouldHaveSingleItem();
        (open.Step, open.Code).ShouldBe((step, code));
        if (step == StepNames.Register)
            (open.MetaCode, open.MetaTraceId is not null).ShouldBe((meta, true));
        number.Calls(GraphOperations.Register).ShouldBe(1);
        (await number.ReadAsync()).Evidence.RegisteredAt.ShouldBeNull();
        var view = await number.StatusAsync();
        view.GetProperty("connected").GetBoolean().ShouldBeFalse();
        view.GetProperty("registration").GetProperty("used").GetInt32().ShouldBe(1);
        view.GetProperty("openSteps")[0].GetProperty("action").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData(400, 100, 2388001, "name_not_ready")]
    [InlineData(400, 131000, 2388001, "name_not_ready")]
    [InlineData(403, 131031, null, "pin_or_locked")]
    [InlineData(403, 200, null, "permission_missing")]
    [InlineData(401, 190, null, "token_invalid")]
    [InlineData(400, 4711, null, "meta_refused")]
    [InlineData(500, 1, null, "meta_unavailable")]
    [InlineData(0, 0, null, "meta_unreachable")]
    public async Task Of_four_connects_one_registers_and_then_the_person_orders_it(int status, int meta, int? subcode, string code)
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, status == 0 ? Fault.Reset() : Fault.Error(status, meta, subcode), times: int.MaxValue);

        for (var connect = 1; connect <= 4; connect++)
            (await number.ConnectAsync()).ShouldBe("incomplete");

        number.Calls(GraphOperations.Register).ShouldBe(1);
        (await number.OpenAsync()).ShouldBe([$"register: {code}"]);
        var step = (await number.StatusAsync()).GetProperty("openSteps")[0];
        if (code == "meta_refused")
            (step.GetProperty("action").GetString()!, step.GetProperty("message").GetString()!).ShouldSatisfyAllConditions(
                said => said.Item1.ShouldContain("the people who run this service"), said => said.Item2.ShouldEndWith("Meta's error code is 4711."));
        else
            step.GetProperty("action").GetString()!.ShouldContain("register", Case.Insensitive, "the press that is due is that of the step");
        number.Faults.Clear();
        (await number.StepAsync("register")).ShouldBe("ok");
    }

    [Fact]
    public async Task A_registration_that_was_tried_waits_for_the_persons_order_after_a_disconnect_too()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 100, 2388001), times: int.MaxValue);
        await number.ConnectAsync();
        await number.Host.DisconnectAsync("acme");

        (await number.ConnectAsync()).ShouldBe("incomplete");

        (await number.OpenAsync()).ShouldBe(["register: name_not_ready"]);
        number.Calls(GraphOperations.Register).ShouldBe(1);
    }

    [Fact]
    public async Task A_registration_that_died_under_way_is_not_repeated_by_the_next_connect()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 133015));
        await number.ConnectAsync();
        await number.Host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(AccountId.Parse("acme"), account =>
        [
            account.Numbers.Single() with
            {
                OpenSteps = [new OpenStep { Step = "register", Code = "pending", Since = DateTimeOffset.UnixEpoch }],
                Running = new RunningStep { Id = Guid.NewGuid(), Step = "register", StartedAt = DateTimeOffset.UnixEpoch },
            },
        ]));

        (await number.ConnectAsync()).ShouldBe("incomplete");

        (await number.OpenAsync()).ShouldBe(["register: meta_timeout"]);
        number.Calls(GraphOperations.Register).ShouldBe(1);
    }

    [Theory]
    [InlineData("reset", "meta_unreachable")]
    [InlineData("html", "meta_unavailable")]
    [InlineData("wrong", "meta_unreadable")]
    public async Task An_end_that_nobody_knows_is_never_repeated_by_itself_and_keeps_the_pin(string trouble, string code)
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, trouble switch { "reset" => Fault.Reset(), "html" => Fault.Html(), _ => Fault.WrongJson() });

        (await number.ConnectAsync()).ShouldBe("incomplete");

        (await number.OpenAsync()).ShouldBe([$"register: {code}"]);
        number.Calls(GraphOperations.Register).ShouldBe(1);
        (await number.ReadPinAsync())!.IsConfirmed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_number_with_a_pin_of_its_own_asks_for_it_and_takes_it()
    {
        await using var number = await ANumber.StartAsync(shape =>
        {
            ANumber.Unregistered(shape);
            shape.TwoStepPin = "581063";
        });
        (await number.ConnectAsync()).ShouldBe("incomplete");
        (await number.OpenAsync()).ShouldBe(["register: pin_needed"]);
        (await number.ReadPinAsync()).ShouldBeNull();

        (await number.StepAsync("register")).ShouldBe("pin_needed");
        number.Calls(GraphOperations.Register).ShouldBe(1);

        (await number.RegisterAsync("111111")).ShouldBe("pin_needed");
        (await number.ReadPinAsync()).ShouldBeNull();
        (await number.RegisterAsync("581063")).ShouldBe("ok");
        var pin = (await number.ReadPinAsync())!;
        (pin.Pin.Reveal(), pin.IsConfirmed).ShouldBe(("581063", true));
        (await number.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Connecting_again_guesses_no_second_pin()
    {
        await using var number = await ANumber.StartAsync(shape =>
        {
            ANumber.Unregistered(shape);
            shape.TwoStepPin = "581063";
        });
        await number.ConnectAsync();

        (await number.ConnectAsync()).ShouldBe("incomplete");

        number.Calls(GraphOperations.Register).ShouldBe(1);
        (await number.OpenAsync()).ShouldBe(["register: pin_needed"]);
        (await number.RegisterAsync("581063")).ShouldBe("ok");
    }

    [Fact]
    public async Task What_meta_leaves_out_when_an_account_connects_again_closes_no_registration()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 133015));
        (await number.ConnectAsync()).ShouldBe("incomplete");
        number.AtMeta.PlatformType = "";

        (await number.ConnectAsync()).ShouldBe("incomplete");

        (await number.OpenAsync()).ShouldBe(["register: number_just_deleted"]);
        (await number.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeFalse();
        number.Calls(GraphOperations.Register).ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_pin_of_a_person_does_not_lose_the_one_that_is_kept()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        await number.ConnectAsync();
        var pin = number.AtMeta.TwoStepPin!;
        ANumber.Unregistered(number.AtMeta);

        (await number.RegisterAsync(pin == "111111" ? "222222" : "111111")).ShouldBe("pin_needed");
        (await number.ReadPinAsync())!.Pin.Reveal().ShouldBe(pin);
        (await number.StepAsync("register")).ShouldBe("ok");
    }

    [Fact]
    public async Task While_it_is_not_known_which_pin_meta_took_all_are_kept()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        await number.ConnectAsync();
        var first = number.AtMeta.TwoStepPin!;
        ANumber.Unregistered(number.AtMeta);
        number.Faults.On(GraphOperations.Register, Fault.Reset());

        (await number.RegisterAsync("111111")).ShouldBe("meta_unreachable");

        var kept = (await number.ReadPinAsync())!;
        (kept.Pin.Reveal(), kept.IsConfirmed, kept.Earlier.Single().Reveal()).ShouldBe(("111111", false, first));
        (await number.StepAsync("register")).ShouldBe("pin_needed");
        (await number.StepAsync("register")).ShouldBe("ok");
        (await number.ReadPinAsync())!.Earlier.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(133005, "register: pin_needed")]
    [InlineData(133006, "verify: code_needed")]
    public async Task What_meta_refused_is_not_tried_again_by_a_disconnect_and_a_connect(int meta, string open)
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, meta), times: int.MaxValue);
        for (var round = 1; round <= 3; round++)
        {
            (await number.ConnectAsync()).ShouldBe("incomplete");
            (await number.OpenAsync()).ShouldBe([open]);
            await number.Host.DisconnectAsync("acme");
            (await number.StatusAsync()).GetProperty("openSteps").GetArrayLength().ShouldBe(0, "there is nothing to do for a number that is not held");
        }

        (await number.ConnectAsync()).ShouldBe("incomplete");

        number.Calls(GraphOperations.Register).ShouldBe(1);
        (await number.StepAsync(meta == 133005 ? "register" : "request_code")).ShouldBe(meta == 133005 ? "pin_needed" : "code_not_sent", "the person's way is open");
    }

    [Fact]
    public async Task A_refusal_that_comes_after_the_disconnect_is_not_forgotten_either()
    {
        await using var number = await ANumber.StartAsync(shape =>
        {
            ANumber.Unregistered(shape);
            shape.TwoStepPin = "581063";
        });
        var held = number.Faults.Hold(GraphOperations.Register);
        var connecting = number.ConnectAsync();
        await held.Reached;
        await number.Host.DisconnectAsync("acme");
        held.Release();
        await connecting;

        (await number.ConnectAsync()).ShouldBe("incomplete");

        (await number.OpenAsync()).ShouldBe(["register: pin_needed"]);
        number.Calls(GraphOperations.Register).ShouldBe(1);
        (await number.RegisterAsync("581063")).ShouldBe("ok");
        await number.Host.DisconnectAsync("acme");
        (await number.ConnectAsync()).ShouldBe("connected", "what succeeded leaves nothing open");
    }

    [Fact]
    public async Task Where_one_code_of_metas_says_locked_or_another_pin_both_are_told_and_the_right_pin_registers()
    {
        await using var number = await ANumber.StartAsync(shape =>
        {
            ANumber.Unregistered(shape);
            shape.TwoStepPin = "581063";
        });
        number.Faults.On(GraphOperations.Register, Fault.Error(403, 131031));

        (await number.ConnectAsync()).ShouldBe("incomplete");

        var step = (await number.StatusAsync()).GetProperty("openSteps")[0];
        var said = $"{step.GetProperty("message").GetString()} {step.GetProperty("action").GetString()}";
        said.ShouldContain("locked");
        said.ShouldContain("Enter the PIN");
        (await number.RegisterAsync("581063")).ShouldBe("ok");
    }

    [Fact]
    public async Task That_a_number_needs_no_registration_in_the_app_is_believed_when_meta_shows_it_there()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 136025), 1, _ => IsInTheApp(number));

        (await number.ConnectAsync()).ShouldBe("connected");

        (await number.OpenAsync()).ShouldBeEmpty();
        (await number.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeTrue();
        (await number.ReadPinAsync()).ShouldBeNull("the PIN that was made up was never set");
    }

    [Fact]
    public async Task Until_meta_shows_it_in_the_app_the_registration_stays_open_and_nobody_says_that_it_works()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 136025));

        (await number.ConnectAsync()).ShouldBe("incomplete");

        (await number.OpenAsync()).ShouldBe(["register: on_business_app"]);
        (await number.StatusAsync()).GetProperty("openSteps")[0].GetProperty("action").GetString()!.ShouldNotContain("Nothing to do");
        IsInTheApp(number);
        (await number.StepAsync("register")).ShouldBe("on_business_app");
        (await number.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeTrue();
        number.Calls(GraphOperations.Register).ShouldBe(1);
    }

    private static bool IsInTheApp(ANumber number)
    {
        (number.AtMeta.IsOnBizApp, number.AtMeta.Status, number.AtMeta.PlatformType) = (true, "CONNECTED", "CLOUD_API");
        return true;
    }
}
