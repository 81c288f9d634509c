using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class ServiceWindowTests : MessagingTest
{
    [Fact]
    public async Task A_free_message_to_somebody_who_never_wrote_is_accepted_and_fails_by_its_status()
    {
        await using var app = await ListenAsync();
        Options.EnforceCustomerServiceWindow = true;
        (await SendTextAsync()).ShouldSucceed();
        await ShouldFailAsync(app, 131047);
        Meta.World.Messages.ShouldHaveSingleItem().FailureCode.ShouldBe(131047);
    }

    [Fact]
    public async Task A_template_needs_no_open_window()
    {
        Options.EnforceCustomerServiceWindow = true;
        (await SendAsync("""{"type":"template","template":{"name":"hello_world","language":{"code":"en_US"}}}""")).ShouldSucceed();
        Meta.World.Messages.ShouldHaveSingleItem().FailureCode.ShouldBeNull();
    }

    [Fact]
    public async Task The_window_is_open_for_24_hours_after_the_customers_last_message()
    {
        Options.EnforceCustomerServiceWindow = true;
        await Meta.Webhooks.ReceiveMessageAsync(Number.Id, Customer, "Ada", "Hi", Ct);
        Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        (await SendTextAsync()).ShouldSucceed();
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await SendTextAsync()).ShouldSucceed();
        Meta.World.Messages.Select(message => message.FailureCode).ShouldBe([null, 131047]);
    }

    [Fact]
    public async Task A_window_belongs_to_one_number_and_one_customer()
    {
        Options.EnforceCustomerServiceWindow = true;
        await Meta.Webhooks.ReceiveMessageAsync(Waba.Numbers[1].Id, Customer, "Ada", "to the other number", Ct);
        await Meta.Webhooks.ReceiveMessageAsync(Number.Id, "+1 650-555-0199", "Otto", "from another person", Ct);
        (await SendTextAsync()).ShouldSucceed();
        Meta.World.Messages.ShouldHaveSingleItem().FailureCode.ShouldBe(131047);
    }

    [Fact]
    public async Task A_person_with_a_username_opens_a_window_too()
    {
        Options.EnforceCustomerServiceWindow = true;
        await Meta.Webhooks.ReceiveAsync(MetaMessages.Text(Number, new EmulatedCustomer("Nora") { Username = "@nora", UserId = "US.7" }, "Hi"), Ct);
        (await SendAsync("""{"recipient":"US.7","text":{"body":"Hello"}}""")).ShouldSucceed();
        Meta.World.Messages.ShouldHaveSingleItem().FailureCode.ShouldBeNull();
    }

    [Fact]
    public async Task Without_the_switch_nobody_needs_to_have_written()
    {
        (await SendTextAsync()).ShouldSucceed();
        Meta.World.Messages.ShouldHaveSingleItem().FailureCode.ShouldBeNull();
    }
}
