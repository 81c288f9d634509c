using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Testing;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>A page is in one language, and in the one that its reader wants.</summary>
public sealed partial class LanguageTests(TheSample sample)
{
    /// <summary>Everything that somebody reads or hears, within components, too; not what customers wrote, nor names.</summary>
    private const string Read = """
        () => {
          const said = new Set();
          const add = (text) => { const plain = (text ?? '').replace(/\s+/g, ' ').trim(); if (plain) said.add(plain); };
          const walk = (node) => {
            if (node.nodeType === 3) return add(node.data);
            if (['SCRIPT', 'STYLE', 'CODE', 'BDI', 'OPTION'].includes(node.nodeName) && !node.lang) return;
            if (node.classList?.contains('sheet') || node.getAttribute?.('lang') && node.localName === 'button') return;
            for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'data-busy', 'data-spoken']) add(node.getAttribute?.(name));
            for (const child of node.shadowRoot?.childNodes ?? []) walk(child);
            for (const child of (node.content ?? node).childNodes) walk(child);
          };
          walk(document.body);
          for (const word of Object.values(JSON.parse(document.getElementById('chat-words')?.textContent ?? '{}'))) add(word);
          add(document.title);
          return [...said];
        }
        """;

    /// <summary>What is the same in two languages: names, what people wrote, and a few words.</summary>
    private static readonly string[] Alike =
        ["Frontdesk", "Lucky Shrub", "Second Shrub", "Ann", "Chat", "Total", "Video", "Sticker", "Meta", "WhatsApp", "Maya Lindqvist", "We do!", "Do you have ferns?", "fern.png", "Link", "Emulator", "connected", "SMS", "Ok"];

    [Theory, InlineData("es"), InlineData("pt")]
    public async Task No_page_speaks_English_to_who_reads_another_language(string language)
    {
        await using var english = await sample.OpenAsync(locale: "en-US");
        await using var visitor = await sample.OpenAsync(locale: language is "pt" ? "pt-BR" : "es-MX");
        var waba = sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Lucky Shrub");
        var number = waba.AddNumber("+1 631-555-0100", "Lucky Shrub");
        var second = waba.AddNumber("+1 631-555-0101", "Second Shrub", one => (one.Status, one.PlatformType, one.CodeVerificationStatus) = ("PENDING", "NOT_APPLICABLE", "NOT_VERIFIED"));

        await CompareAsync("/", "/auth/login", "/auth/signup", "/auth/forgot", "/auth/reset", "/nothing");
        await english.SignUpConnectedAsync(sample.Meta, waba.Id);
        await sample.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+1 555 000 1234", "Ann", "Do you have ferns?");
        await english.ShareSignInAsync(visitor);
        await CompareAsync(
            "/dashboard", "/dashboard/template", "/onboarding/whatsapp?add=1", $"/onboarding/whatsapp/numbers/{number.Id}", $"/onboarding/whatsapp/numbers/{second.Id}",
            "/onboarding/invite", "/account", "/account/attempts");

        async Task CompareAsync(params string[] paths)
        {
            foreach (var path in paths)
            {
                var (theirs, own) = (await ReadAsync(english, path), await ReadAsync(visitor, path));
                own.Intersect(theirs).Where(text => Letters().IsMatch(text) && !Alike.Any(word => text == word || text.StartsWith(word + " (+", StringComparison.Ordinal)) && !text.Contains('@', StringComparison.Ordinal))
                    .ShouldBeEmpty($"{path} in {language}");
                (await visitor.Page.Locator("html").GetAttributeAsync("lang")).ShouldBe(language);
                await visitor.FitsBothAsync($"{language}-{Regex.Replace(path.Trim('/'), "[^a-z]+", "-")}");
            }
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task The_language_is_the_browsers_until_somebody_chooses_another_one(bool script)
    {
        await using var visitor = await sample.OpenAsync(locale: "es-MX", script: script);
        var page = visitor.Page;
        await page.GotoAsync("/auth/login?changed=true");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "es");
        await Expect(visitor.Button("Español")).ToHaveAttributeAsync("aria-current", "true");

        await visitor.Button("Português").ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex(@"/auth/login\?changed=true$"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Que bom ver você de novo");
        await page.GotoAsync("/");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "pt");
        await page.GotoAsync("/nothing");
        await visitor.Button("English").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/nothing$"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("There is no such page");
    }

    [Theory, InlineData("es-MX", "ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic"), InlineData("pt-BR", "jan|fev|mar|abr|mai|jun|jul|ago|set|out|nov|dez")]
    public async Task Dates_are_in_the_language_of_the_page(string locale, string months)
    {
        await using var visitor = await sample.OpenAsync(locale: locale);
        var number = sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "Lucky Shrub");
        await using var english = await sample.OpenAsync();
        await english.SignUpConnectedAsync(sample.Meta, number.Waba.Id);
        await english.ShareSignInAsync(visitor);

        await using var plain = await sample.OpenAsync(locale: locale, script: false);
        await english.ShareSignInAsync(plain);
        await plain.Page.GotoAsync("/account");
        await Expect(plain.Page.Locator(".audit time").First).ToHaveTextAsync(new Regex($@"^\d+ ({months})\.? \d{{4}}, \d\d:\d\d UTC$"));
        await visitor.Page.GotoAsync("/account");
        await Expect(visitor.Page.Locator(".audit time").First).ToHaveTextAsync(new Regex($@"\b({months})\b"));
        // Chosen by hand, the page's language counts and not the browser's.
        await visitor.Button("English").ClickAsync();
        await Expect(visitor.Page.Locator(".audit time").First).ToHaveTextAsync(new Regex("[AP]M$"));
    }

    private static async Task<string[]> ReadAsync(Visitor visitor, string path)
    {
        await visitor.Page.GotoAsync(path);
        await visitor.Page.WaitForFunctionAsync("() => !document.querySelector('whatsapp-connect:not(:defined), whatsapp-attention:not(:defined)') && document.querySelector('#live')?.hidden !== true");
        return await visitor.Page.EvaluateAsync<string[]>(Read);
    }

    [GeneratedRegex(@"\p{L}{3}")]
    private static partial Regex Letters();
}
