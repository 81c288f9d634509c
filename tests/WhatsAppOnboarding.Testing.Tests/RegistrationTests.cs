using WhatsAppOnboarding.Testing.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class RegistrationTests : EmulatorTest
{
    private static readonly object Right = new { messaging_product = "whatsapp", pin = "581063" };

    private string Token => Meta.World.IssueToken().Value;

    [Fact]
    public async Task A_verified_number_is_registered_and_takes_the_pin()
    {
        var number = Waba.AddUnregisteredNumber("+1 631-555-0102", "Lucky Shrub Deliveries");
        (await FieldsAsync(number)).ShouldBe("PENDING NOT_APPLICABLE VERIFIED false");
        (await RegisterAsync(number, Right)).ShouldSucceed();
        (await FieldsAsync(number)).ShouldBe("CONNECTED CLOUD_API VERIFIED true");
        number.TwoStepPin.ShouldBe("581063");
        number.Registrations.ShouldBe([Clock.GetUtcNow()]);
        Meta.Calls.Of(GraphOperations.Register).ShouldHaveSingleItem().Status.ShouldBe(200);
    }

    [Fact]
    public async Task Product_and_six_digits_are_required_and_the_region_must_be_known()
    {
        (await RegisterAsync(Number, new { pin = "581063" })).ShouldFail(400, 100);
        (await RegisterAsync(Number, new { messaging_product = "whatsapp" })).ShouldFail(400, 100);
        (await RegisterAsync(Number, new { messaging_product = "whatsapp", pin = "58106" })).ShouldFail(400, 100);
        (await RegisterAsync(Number, new { messaging_product = "whatsapp", pin = "58106a" })).ShouldFail(400, 100);
        (await RegisterAsync(Number, new { messaging_product = "whatsapp", pin = "581063", data_localization_region = "XX" })).ShouldFail(400, 100);
        (await RegisterAsync(Number, new { messaging_product = "whatsapp", pin = "581063", data_localization_region = "CH" })).ShouldSucceed();
    }

    [Theory]
    [InlineData("NOT_VERIFIED")]
    [InlineData("EXPIRED")]
    public async Task A_number_that_is_not_verified_is_refused(string status)
    {
        var number = Waba.AddUnverifiedNumber("+1 631-555-0102", "New");
        number.CodeVerificationStatus = status;
        (await RegisterAsync(number, Right)).ShouldFail(400, 133006);
        number.Status.ShouldBe("PENDING");
    }

    [Fact]
    public async Task A_number_with_two_step_verification_wants_its_own_pin()
    {
        Number.TwoStepPin = "111111";
        (await RegisterAsync(Number, Right)).ShouldFail(400, 133005);
        Number.TwoStepPin.ShouldBe("111111");
        (await RegisterAsync(Number, new { messaging_product = "whatsapp", pin = "111111" })).ShouldSucceed();
    }

    [Fact]
    public async Task Too_many_wrong_pins_block_even_the_right_one_for_a_while()
    {
        Number.TwoStepPin = "111111";
        for (var i = 0; i < 5; i++)
            (await RegisterAsync(Number, Right)).ShouldFail(400, 133005);
        (await RegisterAsync(Number, new { messaging_product = "whatsapp", pin = "111111" })).ShouldFail(400, 133008);
        Clock.Advance(TimeSpan.FromHours(12));
        (await RegisterAsync(Number, new { messaging_product = "whatsapp", pin = "111111" })).ShouldSucceed();
    }

    [Fact]
    public async Task Ten_requests_in_72_hours_are_all_failed_ones_too()
    {
        var other = Waba.Numbers[1];
        for (var i = 0; i < 5; i++)
        {
            (await RegisterAsync(Number, new { messaging_product = "whatsapp" })).ShouldFail(400, 100);
            (await RegisterAsync(Number, Right)).ShouldSucceed();
        }

        Clock.Advance(TimeSpan.FromHours(71));
        (await RegisterAsync(Number, Right)).ShouldFail(400, 133016);
        (await RegisterAsync(other, Right)).ShouldSucceed();
        Clock.Advance(TimeSpan.FromHours(71));
        (await RegisterAsync(Number, Right)).ShouldFail(400, 133016);
        Clock.Advance(TimeSpan.FromHours(1));
        (await RegisterAsync(Number, Right)).ShouldSucceed();
        Number.Registrations.Count.ShouldBe(11);
    }

    [Fact]
    public async Task The_window_of_72_hours_rolls()
    {
        for (var i = 0; i < 12; i++)
        {
            (await RegisterAsync(Number, Right)).ShouldSucceed();
            Clock.Advance(TimeSpan.FromHours(7.2));
        }
    }

    [Fact]
    public async Task A_number_is_deregistered_within_a_budget_of_its_own_and_keeps_its_pin()
    {
        await RegisterAsync(Number, Right);
        (await DeregisterAsync(Number)).ShouldSucceed();
        (await FieldsAsync(Number)).ShouldBe("PENDING NOT_APPLICABLE VERIFIED true");
        for (var i = 0; i < 9; i++)
            (await DeregisterAsync(Number)).ShouldFail(400, 133010);
        (await DeregisterAsync(Number)).ShouldFail(400, 133016);
        (await RegisterAsync(Number, Right)).ShouldSucceed();
    }

    [Fact]
    public async Task A_number_on_the_business_app_is_neither_registered_nor_deregistered()
    {
        var number = Waba.AddCoexistenceNumber("+1 631-555-0102", "On the phone");
        (await RegisterAsync(number, Right)).ShouldFail(400, 100);
        (await DeregisterAsync(number)).ShouldFail(400, 100);
        (number.Status, number.PlatformType, number.TwoStepPin).ShouldBe(("CONNECTED", "CLOUD_API", null));
    }

    [Fact]
    public async Task The_pin_is_set_and_replaced()
    {
        (await PinAsync(new { pin = "111111" })).ShouldSucceed();
        (await PinAsync(new { pin = "222222" })).ShouldSucceed();
        Number.TwoStepPin.ShouldBe("222222");
        (await PinAsync(new { pin = "22222" })).ShouldFail(400, 100);
        (await PinAsync(new { })).ShouldFail(400, 100);
        (await PinAsync(new { webhook_configuration = new { override_callback_uri = "https://other.example" } })).ShouldFail(400, 100);
        Meta.Calls.Of(GraphOperations.SetPin).Count.ShouldBe(5);

        async Task<GraphReply> PinAsync(object body) => await Graph.PostAsync($"/v25.0/{Number.Id}", Token, body);
    }

    private Task<GraphReply> RegisterAsync(EmulatedNumber number, object body) => Graph.PostAsync($"/v25.0/{number.Id}/register", Token, body);

    private Task<GraphReply> DeregisterAsync(EmulatedNumber number) => Graph.PostAsync($"/v25.0/{number.Id}/deregister", Token);

    private async Task<string> FieldsAsync(EmulatedNumber number)
    {
        var reply = await Graph.GetAsync($"/v25.0/{number.Id}?fields=status,platform_type,code_verification_status,is_pin_enabled", Token);
        return $"{reply["status"]} {reply["platform_type"]} {reply["code_verification_status"]} {reply["is_pin_enabled"]}";
    }
}
