using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using WhatsAppOnboarding.Tests.Framework;
using Wolverine;

namespace WhatsAppOnboarding.RabbitMq.Tests.Bridge;

/// <summary>What docs/wolverine.md shows compiles and does what it says.</summary>
public sealed class WolverineBridgeTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));

    [Fact]
    public void The_page_shows_this_very_bridge()
    {
        var bridge = File.ReadAllText(Path.Combine(Root, "tests/WhatsAppOnboarding.RabbitMq.Tests/Bridge/WolverineBridge.cs"));
        var shown = bridge[bridge.IndexOf("/// <summary>", StringComparison.Ordinal)..].Trim();

        File.ReadAllText(Path.Combine(Root, "docs/wolverine.md")).ShouldContain(shown);
    }

    [Fact]
    public async Task A_message_is_passed_on_with_its_account_number_and_key()
    {
        var bus = Substitute.For<IMessageBus>();
        await using var host = await TheHost.StartAsync(setup =>
        {
            setup.Services.AddSingleton(bus);
            setup.Library = library => library.AddWebhookHandler<WolverineBridge>();
        });
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");

        await host.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+1 650-555-0123", "Ada", "Are you open?", TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(() => bus.ReceivedCalls().Any(), "the message to be passed on");
        var passed = bus.ReceivedCalls().ShouldHaveSingleItem().GetArguments();
        var (message, options) = (passed[0].ShouldBeOfType<WhatsAppMessageReceived>(), passed[1].ShouldBeOfType<DeliveryOptions>());
        (message.Account, message.PhoneNumberId, message.From, message.Text).ShouldBe(("acme", number.Id.ToString(), "16505550123", "Are you open?"));
        (options.TenantId, options.GroupId, options.DeduplicationId).ShouldBe(("acme", number.Id.ToString(), $"acme {message.Key}"));
    }
}
