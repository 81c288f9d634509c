using System.Text.RegularExpressions;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Testing;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>A browser without scripts is told how it ended, by the page itself.</summary>
public sealed class NoScriptTests(TheSample sample)
{
    [Theory]
    [InlineData("?error=number_taken", "A phone number that you granted is already connected by another account.")]
    [InlineData("?error=number_taken&attempt=6f1c2a9e-0b7d-4c55-9b64-3f1d8f6f2a10", "A phone number that you granted is already connected by another account.")]
    [InlineData("?error=no_waba", "No WhatsApp Business Account was shared.")]
    [InlineData("?error=%3Cb%3E", "Something went wrong while connecting.")]
    public async Task An_error_of_the_address_is_told_in_words_with_a_way_on(string query, string words)
    {
        await using var visitor = await sample.OpenAsync(phone: true, script: false);
        await visitor.SignUpAsync();
        await visitor.Page.GotoAsync("/onboarding/whatsapp" + query);
        await Expect(visitor.Alert).ToHaveCountAsync(1);
        await Expect(visitor.Alert).ToContainTextAsync(words);
        (await visitor.Alert.Locator("p").Last.InnerTextAsync()).ShouldNotBeEmpty("it says what to do");
        await Expect(visitor.Button("Connect WhatsApp")).ToBeVisibleAsync();
        await visitor.PictureAsync("error-without-script");
    }

    [Fact]
    public async Task An_attempt_that_failed_is_told_with_and_without_the_error_in_the_address()
    {
        await using var visitor = await sample.OpenAsync(script: false);
        var waba = sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "Lucky Shrub");
        sample.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Error(403, 200), int.MaxValue, when: call => call.Path.Contains(waba.Id));
        await visitor.SignUpAsync();
        await visitor.ConnectAsync(waba.Id);
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("[?]error=permission_missing&attempt="));
        await Expect(visitor.Alert).ToContainTextAsync("Meta says that a permission is missing.");

        await visitor.Page.GotoAsync(visitor.Page.Url.Replace("error=permission_missing&", "", StringComparison.Ordinal));
        await Expect(visitor.Alert).ToContainTextAsync("Meta says that a permission is missing.");
        await Expect(visitor.Button("Connect WhatsApp")).ToBeVisibleAsync();
        await visitor.PictureAsync("attempt-without-script");
    }
}
