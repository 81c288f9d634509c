using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Tests.Setup;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Notices;

public sealed class PinChangedTests
{
    private const string Changed = """{"display_phone_number":"16315550100","event":"PIN_CHANGED"}""";

    [Fact]
    public async Task After_the_pin_was_changed_at_meta_the_kept_one_is_not_tried_and_the_new_one_is_asked_for()
    {
        await using var news = await TheNews.StartAsync(ANumber.Unregistered);
        (await news.ReadAsync()).Pins.ShouldHaveSingleItem();
        news.Number.TwoStepPin = "112233";
        await news.TellAsync("security", Changed);
        ANumber.Unregistered(news.Number);
        news.Host.Meta.Calls.Clear();

        (await StepAsync(news, null)).ShouldBe("pin_needed");

        news.Host.Meta.Calls.Of(GraphOperations.Register).ShouldBeEmpty();
        (await news.ReadAsync()).OpenSteps.ShouldHaveSingleItem().Code.ShouldBe("pin_needed");
        news.Clock.Advance(TimeSpan.FromSeconds(10));
        (await StepAsync(news, "112233")).ShouldBe("ok");

        ANumber.Unregistered(news.Number);
        (await StepAsync(news, null)).ShouldBe("ok", "what was proved since is known");
    }

    [Fact]
    public async Task Connecting_again_does_not_guess_either()
    {
        await using var news = await TheNews.StartAsync(ANumber.Unregistered);
        news.Number.TwoStepPin = "112233";
        await news.TellAsync("security", Changed);
        ANumber.Unregistered(news.Number);
        news.Host.Meta.Calls.Clear();
        news.Clock.Advance(TimeSpan.FromMinutes(1));

        await news.ConnectAsync("acme");

        news.Host.Meta.Calls.Of(GraphOperations.Register).ShouldBeEmpty();
        (await news.ReadAsync()).OpenSteps.ShouldHaveSingleItem().Code.ShouldBe("pin_needed");
    }

    [Fact]
    public async Task No_pin_is_made_up_for_a_number_whose_pin_was_changed_elsewhere()
    {
        await using var news = await TheNews.StartAsync();
        await news.TellAsync("security", Changed);
        ANumber.Unregistered(news.Number);

        (await StepAsync(news, null)).ShouldBe("pin_needed");
    }

    [Fact]
    public async Task A_pin_that_was_told_to_be_changed_is_shown_as_unconfirmed()
    {
        await using var news = await TheNews.StartAsync(ANumber.Unregistered);
        (await ReadPinAsync(news)).ShouldBeTrue();

        await news.TellAsync("security", Changed);

        (await ReadPinAsync(news)).ShouldBeFalse();
    }

    private static Task<bool> ReadPinAsync(TheNews news) => news.Host.UseAsync<IWhatsAppSetup, bool>(
        async setup => (await setup.ReadPinAsync(AccountId.Parse("acme"), PhoneNumberId.Parse(news.Number.Id)))!.IsConfirmed);

    private static async Task<string> StepAsync(TheNews news, string? pin)
    {
        using var browser = await news.Host.OpenBrowserAsync("acme");
        object body = pin is null ? new { phoneNumberId = news.Number.Id, step = "register" } : new { phoneNumberId = news.Number.Id, step = "register", pin };
        var answer = await browser.PostAsync(ANumber.Steps, body);
        return answer.IsSuccessStatusCode ? "ok" : await ApiConnect.CodeOf(answer);
    }
}
