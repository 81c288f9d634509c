using Microsoft.Playwright;
using WebHost.BrowserTests.Component;
using WebHost.BrowserTests.Framework;

namespace WebHost.BrowserTests;

/// <summary>The way to a connected number through Meta's window.</summary>
public sealed class ComponentTests(TheSample browser)
{
    private static readonly object Ids = new { waba_id = "524", phone_number_id = "106", business_id = 272, waba_ids = new[] { "524", "x" } };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Code_and_message_may_come_in_either_order_and_are_posted_once(bool codeFirst)
    {
        await using var page = await ComponentPage.OpenAsync(browser);
        var popup = await page.OpenPopupAsync();
        await page.SeeAsync("Connecting WhatsApp");
        if (codeFirst)
            await page.AnswerAsync("code-1");
        await ComponentPage.SayAsync(popup, "FINISH", Ids);
        await ComponentPage.SayAsync(popup, "FINISH", Ids);
        if (!codeFirst)
            await page.AnswerAsync("code-1");
        await page.SeeAsync("WhatsApp is connected");
        await Assertions.Expect(page.Element).ToContainTextAsync("+1 631-555-0100");
        var post = page.Service.Posts("/oauth").ShouldHaveSingleItem();
        post.ToJsonString().ShouldBe("""{"state":"state-1","code":"code-1","event":"FINISH","wabaId":"524","wabaIds":["524"],"phoneNumberId":"106","businessId":"272"}""");
        (await page.HeardAsync("whatsapp-ended")).ShouldBe(
            [$$"""{"code":"connected","success":true,"attemptId":"{{StubService.AttemptId}}","phones":[{"id":"106","display":"+1 631-555-0100"}]}"""]);
    }
}
