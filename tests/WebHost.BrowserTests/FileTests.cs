using System.Text;
using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Testing;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>Pictures, sounds and documents, in both directions.</summary>
public sealed class FileTests(TheSample sample)
{
    private static readonly EmulatedCustomer Ann = new("Ann", "+1 555 000 1234");

    // The smallest picture there is.
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task What_customers_send_is_seen_heard_and_saved_and_a_page_is_never_run_whatever_it_says_it_is()
    {
        await using var visitor = await sample.OpenAsync();
        var number = await ConnectAsync(visitor);
        await sample.Meta.Webhooks.ReceiveMediaAsync(number.Id, Ann, "image", Picture, "image/png", caption: "Is it this one?");
        await Expect(visitor.Log.Locator(".bubble img")).ToHaveJSPropertyAsync("naturalWidth", 1);
        await sample.Meta.Webhooks.ReceiveMediaAsync(number.Id, Ann, "document", Encoding.UTF8.GetBytes("%PDF-1.4 offer"), "application/pdf", fileName: "offer.pdf");
        await sample.Meta.Webhooks.ReceiveMediaAsync(number.Id, Ann, "image", Encoding.UTF8.GetBytes("<html><script>alert(1)</script>"), "image/jpeg");
        await sample.Meta.Webhooks.ReceiveAsync(MetaMessages.Location(number, Ann, 37.48, -122.14, "My garden"));
        await sample.Meta.Webhooks.ReceiveAsync(MetaMessages.Contacts(number, Ann, "Bea Hill", "+1 555 000 4444"));
        await sample.Meta.Webhooks.ReceiveAsync(MetaMessages.Order(number, Ann, "1", "fern-small", 2, 4.5));
        await Expect(visitor.Log.Locator(".bubble")).ToHaveCountAsync(6);

        var offer = await visitor.Page.APIRequest.GetAsync((await visitor.Log.Locator("a.file").GetAttributeAsync("href"))!);
        offer.Headers["content-disposition"].ShouldBe("attachment; filename=offer.pdf; filename*=UTF-8''offer.pdf");
        offer.Headers["x-content-type-options"].ShouldBe("nosniff");
        var address = visitor.Log.Locator("[data-kind=image]").Last;
        await Expect(address).ToContainTextAsync("Meta does not give this file any more");
        var hostile = await visitor.Page.EvaluateAsync<string>("async () => { const thread = await (await fetch('/api/chat/thread' + location.search)).json(); return thread.messages.filter(m => m.kind === 'image').at(-1).file; }");
        var served = await visitor.Page.APIRequest.GetAsync(hostile);
        served.Headers["content-type"].ShouldBe("application/octet-stream");
        served.Headers["content-disposition"].ShouldStartWith("attachment");
        served.Headers["content-security-policy"].ShouldContain("sandbox");
        await Expect(visitor.Log.GetByRole(AriaRole.Link, new() { Name = "Open the map" })).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^https://www.openstreetmap.org/"));
        await Expect(visitor.Log.Locator(".order")).ToContainTextAsync("9.00 USD");
        await Expect(visitor.Log.GetByText("Bea Hill")).ToBeVisibleAsync();
        await visitor.LookAtBothAsync("files");
        await visitor.Page.ReloadAsync();
        await Expect(visitor.Log.Locator(".bubble img").First).ToHaveJSPropertyAsync("naturalWidth", 1);
        await Expect(visitor.Log.Locator(".order")).ToContainTextAsync("9.00 USD");

        await using var other = await sample.OpenAsync();
        await other.SignUpAsync();
        (await other.Page.APIRequest.GetAsync(hostile)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_picture_and_a_document_are_sent_and_what_WhatsApp_does_not_take_is_said_first()
    {
        await using var visitor = await sample.OpenAsync();
        var number = await ConnectAsync(visitor);
        await sample.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+15550001234", "Ann", "Which one?");
        await Expect(visitor.Log.GetByText("Which one?")).ToBeVisibleAsync();
        var input = visitor.Page.Locator("#file");

        await input.SetInputFilesAsync(new FilePayload { Name = "run.exe", MimeType = "image/png", Buffer = Encoding.UTF8.GetBytes("MZ and so on") });
        await visitor.Button("Send").ClickAsync();
        await Expect(visitor.Alert).ToContainTextAsync("WhatsApp does not take this kind of file. Pictures (JPEG, PNG) up to 5 MB");

        await input.SetInputFilesAsync(new FilePayload { Name = "fern.png", MimeType = "image/png", Buffer = Picture });
        await visitor.Page.GetByLabel("Message", new() { Exact = true }).FillAsync("This one");
        await visitor.LookAtBothAsync("file-chosen");
        await visitor.Button("Send").ClickAsync();
        await Expect(visitor.Log.Locator(".bubble.out[data-state=delivered]")).ToContainTextAsync("This one");
        await Expect(visitor.Log.Locator(".bubble.out img")).ToHaveJSPropertyAsync("naturalWidth", 1);

        await input.SetInputFilesAsync(new FilePayload { Name = "offer.pdf", MimeType = "", Buffer = Encoding.UTF8.GetBytes("%PDF-1.4 offer") });
        await visitor.Button("Send").ClickAsync();
        await Expect(visitor.Log.Locator(".bubble.out[data-state=delivered]")).ToHaveCountAsync(2);
        sample.Meta.World.Messages.Where(message => message.PhoneNumberId == number.Id).Select(message => message.Type).ShouldBe(["image", "document"]);
    }

    private async Task<EmulatedNumber> ConnectAsync(Visitor visitor)
    {
        var number = sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "Lucky Shrub");
        await visitor.SignUpConnectedAsync(sample.Meta, number.Waba.Id);
        await Expect(visitor.Page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        return number;
    }
}
