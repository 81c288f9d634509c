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
    [InlineData(403, 131031, "register", "account_locked")]
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
    [InlineData(403, 131031, null, "account_locked")]
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

        (await number.OpenAsync()).ShouldBe(["register: not_registered"]);
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
}
