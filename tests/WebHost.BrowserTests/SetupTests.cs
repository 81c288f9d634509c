using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Webhooks;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>From a number that is saved to one that is ready.</summary>
public sealed class SetupTests(TheSample sample)
{
    [Fact]
    public async Task A_number_is_verified_by_a_code_and_its_pin_can_be_seen()
    {
        await using var visitor = await sample.OpenAsync(address: sample.PopupAddress);
        var waba = AddWaba();
        var number = waba.AddUnverifiedNumber("+1 631-555-0102", "Lucky Shrub Nights");
        await visitor.SignUpConnectedAsync(sample.Meta, waba.Id);
        await Expect(Link(visitor, "Verify number")).ToBeVisibleAsync();
        await visitor.LookAtBothAsync("setup-dashboard-verify");
        await Link(visitor, "Verify number").ClickAsync();
        await Expect(visitor.Heading("Verification")).ToBeVisibleAsync();
        await visitor.LookAtBothAsync("setup-verify");

        await visitor.Button("Text me a code").ClickAsync();
        await Expect(visitor.Page.GetByText("Meta has sent a code")).ToBeVisibleAsync();
        await visitor.LookAtBothAsync("setup-verify-sent");
        var code = number.LastCode.ShouldNotBeNull();
        await visitor.Page.GetByLabel("Code", new() { Exact = true }).FillAsync(code == "111111" ? "222222" : "111111");
        await visitor.Button("Confirm code").ClickAsync();
        await Expect(visitor.Alert).ToContainTextAsync("The code is not right.");
        await Expect(visitor.Alert).ToContainTextAsync("Tries left for now: 9");
        await visitor.LookAtBothAsync("setup-verify-wrong");
        await visitor.Page.GetByLabel("Code", new() { Exact = true }).FillAsync(code.Insert(3, "-"));
        await visitor.Button("Confirm code").ClickAsync();

        await Expect(visitor.Page.GetByText("The number is verified.")).ToBeVisibleAsync();
        number.Status.ShouldBe("CONNECTED");
        var pin = number.TwoStepPin.ShouldNotBeNull();
        await visitor.OpenNumbersAsync();
        await Link(visitor, "PIN for two-step verification").ClickAsync();
        await Expect(visitor.Button("Show PIN")).ToBeVisibleAsync();
        await visitor.LookAtBothAsync("setup-pin-hidden");
        sample.HoldsNoSecret(await visitor.Page.ContentAsync(), pin, code);
        var answer = await visitor.Page.RunAndWaitForResponseAsync(() => visitor.Button("Show PIN").ClickAsync(), response => response.Request.Method == "POST");
        await Expect(visitor.Page.GetByText(pin)).ToBeVisibleAsync();
        (await answer.HeaderValueAsync("cache-control")).ShouldNotBeNull().ShouldContain("no-store");
        visitor.Page.Url.ShouldNotContain(pin);
        await visitor.LookAtBothAsync("setup-pin");
        await visitor.Button("Hide PIN").ClickAsync();
        await Expect(visitor.Button("Show PIN")).ToBeVisibleAsync();
        sample.HoldsNoSecret(await visitor.Page.ContentAsync(), pin, code);
    }

    [Fact]
    public async Task A_number_that_has_a_pin_is_registered_with_it_also_without_script()
    {
        await using var visitor = await sample.OpenAsync(script: false);
        var waba = AddWaba();
        var number = waba.AddUnregisteredNumber("+1 631-555-0104", "Lucky Shrub Orders");
        number.TwoStepPin = "581063";
        await visitor.SignUpAsync();
        await visitor.ConnectAsync(waba.Id);
        await Link(visitor, "Enter PIN").ClickAsync();
        await Expect(visitor.Button("Register with this PIN")).ToHaveAccessibleDescriptionAsync(new Regex("spends one of the 10 registrations .* Left: 9.$"));
        await EnterPinAsync(visitor, "581064");
        await Expect(visitor.Alert).ToContainTextAsync("That PIN is not right");
        await Expect(visitor.Alert).ToContainTextAsync("Registrations left: 8");
        await visitor.PictureAsync("setup-pin-needed");
        await EnterPinAsync(visitor, "581063");
        await Expect(visitor.Page.GetByText("The number is registered.")).ToBeVisibleAsync();
        number.Status.ShouldBe("CONNECTED");
        sample.HoldsNoSecret(await visitor.Page.ContentAsync(), "581063", "581064");
    }

    [Fact]
    public async Task One_click_repeats_a_step_that_failed()
    {
        await using var visitor = await sample.OpenAsync(address: sample.PopupAddress);
        var waba = AddWaba();
        var number = waba.AddUnregisteredNumber("+1 631-555-0101", "Lucky Shrub Deliveries");
        sample.Meta.Faults.On(GraphOperations.SubscribeApp, Fault.Error(400, 368), when: call => call.Path.Contains(waba.Id));
        sample.Meta.Faults.On(GraphOperations.Register, Fault.Error(400, 133015), when: call => call.Path.Contains(number.Id));
        await visitor.SignUpConnectedAsync(sample.Meta, waba.Id);
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToBeVisibleAsync();
        await visitor.LookAtBothAsync("setup-dashboard-retry");

        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToHaveAccessibleDescriptionAsync("");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(visitor.Page.GetByText("Messages arrive here now.")).ToBeVisibleAsync();
        waba.IsAppSubscribed.ShouldBeTrue();
        await visitor.LookAtBothAsync("setup-register");
        await Expect(visitor.Button("Register")).ToHaveAccessibleDescriptionAsync("Registering spends one of the 10 registrations that Meta takes for a number in 72 hours. Left: 9.");
        await visitor.Button("Register").ClickAsync();
        await Expect(visitor.Page.GetByText("The number is registered.")).ToBeVisibleAsync();
        number.Status.ShouldBe("CONNECTED");
    }

    [Fact]
    public async Task Codes_that_are_used_up_can_be_asked_for_when_the_button_says_so()
    {
        await using var visitor = await sample.OpenAsync(address: sample.PopupAddress);
        var waba = AddWaba();
        waba.AddUnverifiedNumber("+1 631-555-0105", "Lucky Shrub Mornings");
        await visitor.SignUpConnectedAsync(sample.Meta, waba.Id);
        await Link(visitor, "Verify number").ClickAsync();
        var codes = (string[])["Text me a code", "Call me"];
        for (var left = 5; left > 0; left--)
        {
            await Expect(visitor.Button(codes[0])).ToHaveAccessibleDescriptionAsync($"Asking for a code spends one of the 5 codes that Meta sends to a number in 12 hours. Left: {left}.");
            await visitor.Button(codes[left % 2]).ClickAsync();
        }

        foreach (var code in codes)
        {
            await Expect(visitor.Button(code)).ToBeDisabledAsync();
            await Expect(visitor.Button(code)).ToHaveAccessibleDescriptionAsync(new Regex("Left: 0. The next one is possible from .*\\d"));
        }

        await Expect(visitor.Button("Confirm code")).ToBeEnabledAsync();
        await Expect(visitor.Button("Confirm code")).ToHaveAccessibleDescriptionAsync(new Regex("spends one of the 10 registrations that Meta takes in 72 hours. Left: 10"));
        await visitor.LookAtBothAsync("setup-codes-used-up");
    }

    [Theory]
    [InlineData("/dashboard")]
    [InlineData("/onboarding/whatsapp/numbers/")]
    public async Task Registrations_that_are_used_up_are_possible_again_when_the_button_says_so(string path)
    {
        await using var visitor = await sample.OpenAsync(address: sample.PopupAddress);
        var waba = AddWaba();
        var number = waba.AddUnregisteredNumber("+1 631-555-0106", "Lucky Shrub Evenings");
        sample.Meta.Faults.On(GraphOperations.Register, Fault.Error(400, 100, 2388001), times: 10, when: call => call.Path.Contains(number.Id));
        await visitor.SignUpConnectedAsync(sample.Meta, waba.Id);
        var register = visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Register" });
        await Expect(register).ToHaveAccessibleDescriptionAsync(new Regex("spends one of the 10 registrations .* Left: 9.$"));
        await visitor.Page.EvaluateAsync("""
            async (phoneNumberId) => {
              for (let tries = 0; tries < 9; tries++)
                await fetch('/api/integrations/whatsapp/steps', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ phoneNumberId, step: 'register' }) });
            }
            """, number.Id);
        await visitor.Page.GotoAsync(path.EndsWith('/') ? path + number.Id : path);
        await Expect(register).ToBeDisabledAsync();
        await Expect(register).ToHaveAccessibleDescriptionAsync(new Regex("Left: 0. The next one is possible from .*\\d"));
        await visitor.LookAtBothAsync(path.EndsWith('/') ? "setup-register-used-up" : "setup-dashboard-used-up");
    }

    [Fact]
    public async Task A_number_of_somebody_else_is_not_found()
    {
        await using var owner = await sample.OpenAsync(address: sample.PopupAddress);
        await using var visitor = await sample.OpenAsync(address: sample.PopupAddress);
        var number = AddWaba().AddNumber("+1 631-555-0100", "Lucky Shrub");
        await owner.SignUpConnectedAsync(sample.Meta, number.Waba.Id);
        await Expect(owner.Page.Locator(".number-phone")).ToHaveTextAsync("+1 631-555-0100");
        await visitor.SignUpAsync();
        foreach (var id in (string[])[number.Id, "junk"])
            (await visitor.Page.GotoAsync("/onboarding/whatsapp/numbers/" + id))!.Status.ShouldBe(404, id);
        (await owner.Page.GotoAsync("/onboarding/whatsapp/numbers/" + number.Id))!.Status.ShouldBe(200);
        await owner.LookAtBothAsync("setup-done");
    }

    private static async Task EnterPinAsync(Visitor visitor, string pin)
    {
        await visitor.Page.GetByLabel("The number's PIN").FillAsync(pin);
        await visitor.Button("Register with this PIN").ClickAsync();
    }

    private static ILocator Link(Visitor visitor, string name) => visitor.Page.GetByRole(AriaRole.Link, new() { Name = name });

    private EmulatedWaba AddWaba() => sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
}
