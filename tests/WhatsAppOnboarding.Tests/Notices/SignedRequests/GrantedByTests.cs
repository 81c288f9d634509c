using System.Net;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Notices;

public sealed class GrantedByTests
{
    [Fact]
    public async Task A_persons_token_is_tied_to_the_person_by_a_keyed_hash_and_a_system_users_to_nobody()
    {
        await using var persons = await PersonsHost.StartAsync();

        var user = await persons.ConnectAsync("acme");
        await persons.ConnectAsync("globex", EmulatedTokenKind.SystemUser);

        (await persons.GrantedByAsync("acme")).ShouldBe(persons.HashOf(user));
        (await persons.GrantedByAsync("globex")).ShouldBeNull();
    }

    [Fact]
    public async Task The_tie_follows_the_token_at_a_reconnect()
    {
        await using var persons = await PersonsHost.StartAsync();
        var first = await persons.ConnectAsync("acme");
        var waba = persons.Host.Meta.World.Businesses.Single().Wabas.Single();

        var second = await persons.ReconnectAsync("acme", waba, EmulatedTokenKind.User);
        (await persons.GrantedByAsync("acme")).ShouldBe(persons.HashOf(second));
        second.ShouldNotBe(first);

        await persons.ReconnectAsync("acme", waba, EmulatedTokenKind.SystemUser);
        (await persons.GrantedByAsync("acme")).ShouldBeNull();
    }

    [Fact]
    public async Task It_ends_with_the_connection()
    {
        await using var persons = await PersonsHost.StartAsync();
        await persons.ConnectAsync("acme");
        persons.Host.Meta.Faults.On(GraphOperations.UnsubscribeApp, Fault.Error(500, 2), times: 9);

        await persons.Host.DisconnectAsync("acme");

        var number = await persons.NumberAsync("acme");
        number.Token.ShouldNotBeNull("it is kept to unsubscribe");
        number.GrantedBy.ShouldBeNull();
    }

    [Fact]
    public async Task It_waits_with_a_grant_for_the_choice()
    {
        await using var persons = await PersonsHost.StartAsync(setup => setup["NumberChoice"] = "Ask");
        var waba = persons.Host.Meta.World.AddBusiness("acme").AddWaba("Main");
        var numbers = new[] { waba.AddNumber("+1 631-555-0100", "One"), waba.AddNumber("+1 631-555-0101", "Two") };
        using var browser = await persons.Host.OpenBrowserAsync("acme");
        (await browser.ConnectAsync()).ShouldBe("/onboarding/whatsapp?whatsapp=choose");

        var answer = await browser.PostAsync("/api/integrations/whatsapp/choose", new { attemptId = browser.Attempt, phoneNumberIds = new[] { numbers[1].Id } });

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await persons.GrantedByAsync("acme")).ShouldNotBeNull().Length.ShouldBe(64);
    }
}
