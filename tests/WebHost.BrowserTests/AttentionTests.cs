using Microsoft.Playwright;
using WebHost.BrowserTests.Component;
using WebHost.BrowserTests.Framework;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>The element that shows what is due: it comes, links, and goes away by itself, wherever it stands.</summary>
public sealed class AttentionTests(TheSample browser)
{
    private const string Module = """<script type="module" src="/integrations/whatsapp/whatsapp-attention.js"></script>""";
    private const string Plain = "<whatsapp-attention heading-level='2'></whatsapp-attention><p id='after'>After</p>";
    /// <summary>Counts how often the element has done with an answer, and waits to ask again: it spreads its pauses, so that none of others is counted.</summary>
    private const string Counting = Plain + $$"""
        <script nonce="{{StubService.Nonce}}">
          const set = window.setTimeout;
          window.waits = 0;
          window.setTimeout = (work, pause, ...more) => { if (pause >= 30000 && !Number.isInteger(pause)) window.waits++; return set(work, pause, ...more); };
        </script>
        """;

    private const string Manager = "https://business.facebook.com/wa/manage/phone-numbers/?waba_id=524";

    /// <summary>React and Vue are loaded before the module of the element or after it, and draw it again with other attributes.</summary>
    private static readonly Dictionary<string, (string Head, string Markup)> Pages = new()
    {
        ["html"] = (Module, Plain),
        ["react"] = (Module + "<script src='/vendor/react.js'></script>", $$"""
            <div id="app"></div><p id="after">After</p>
            <script type="module" nonce="{{StubService.Nonce}}">
              await customElements.whenDefined('whatsapp-attention');
              const { createElement, useState } = load('react');
              function Page() {
                const [count, setCount] = useState(0);
                window.again = () => setCount(count + 1);
                return createElement('div', { key: 'page' }, createElement('p', null, `Drawn ${count}`), createElement('whatsapp-attention', {
                  'heading-level': 2, 'data-count': count, labels: { heading: 'In React’s words' }, fetch: (...request) => { window.asked = (window.asked ?? 0) + 1; return fetch(...request); },
                  'onwhatsapp-attention': (event) => { window.told = event.detail.items.length; },
                }));
              }
              load('react-dom/client').createRoot(document.getElementById('app')).render(createElement(Page));
            </script>
            """),
        ["vue"] = ("<script src='/vendor/vue.js'></script>", $$"""
            <div id="app"></div><p id="after">After</p>
            <script type="module" nonce="{{StubService.Nonce}}">
              const { createApp, h, ref } = Vue;
              createApp({
                setup() {
                  const count = ref(0);
                  const labels = { heading: 'In Vue’s words' };
                  const ask = (...request) => { window.asked = (window.asked ?? 0) + 1; return fetch(...request); };
                  window.again = () => count.value++;
                  return () => h('div', [h('p', `Drawn ${count.value}`), h('whatsapp-attention', {
                    'heading-level': 2, 'data-count': count.value, '.labels': labels, '.fetch': ask, onWhatsappAttention: (event) => { window.told = event.detail.items.length; },
                  })]);
                },
              }).mount('#app');
              await import('/integrations/whatsapp/whatsapp-attention.js');
            </script>
            """),
    };

    [Theory]
    [InlineData("html", "WhatsApp needs your attention")]
    [InlineData("react", "In React’s words")]
    [InlineData("vue", "In Vue’s words")]
    public async Task It_shows_what_is_due_links_and_goes_away_by_itself(string name, string heading)
    {
        if (name != "html")
            await Frameworks.RequireAsync();
        await using var page = await OpenAsync(Pages[name].Head, Pages[name].Markup, service => service.Attention = new StubAnswer(StubService.Due(
            StubService.Item("payment_needed", "Meta has no payment method.", blocks: true, link: Manager), StubService.Item("sync_history", "Old chats are not copied.", link: "/onboarding/whatsapp", dueAt: "2026-12-01T10:00:00Z"))));
        var element = page.Page.Locator("whatsapp-attention");

        await Expect(element.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync(heading);
        await Expect(element.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        foreach (var text in (string[])["Meta has no payment method.", "Do this about it.", "+1 631-555-0100"])
            await Expect(element.GetByRole(AriaRole.Listitem).First).ToContainTextAsync(text);
        await Expect(element.GetByRole(AriaRole.Link, new() { Name = "Open at Meta" })).ToHaveAttributeAsync("href", Manager);
        await Expect(element.GetByRole(AriaRole.Link, new() { Name = "Go there" })).ToHaveAttributeAsync("href", $"{page.Service.Address}onboarding/whatsapp");
        await Expect(element.GetByText("Dec 1, 2026", new() { Exact = false })).ToBeVisibleAsync();
        await Expect(element.GetByRole(AriaRole.Status)).ToContainTextAsync("Meta has no payment method.");
        if (name != "html")
        {
            (await page.Page.EvaluateAsync<int>("told")).ShouldBe(2);
            (await page.Page.EvaluateAsync<int>("asked")).ShouldBe(1);
            await page.Page.EvaluateAsync("again()");
            await Expect(page.Page.GetByText("Drawn 1")).ToBeVisibleAsync();
            await Expect(element.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        }

        await page.LookAtBothAsync("attention-" + name);

        page.Service.Attention = new StubAnswer(StubService.Due());
        await page.Page.EvaluateAsync("document.querySelector('main').dispatchEvent(new CustomEvent('whatsapp-ended', { bubbles: true, composed: true }))");
        await Expect(element.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(0);
        await Expect(element.GetByRole(AriaRole.Status)).ToBeEmptyAsync();
        await page.LookAsync("attention-gone-" + name);
    }

    [Fact]
    public async Task Where_nothing_is_due_it_takes_no_place_and_asks_for_no_words()
    {
        await using var page = await OpenAsync(Module, "<p id='before'>Before</p>" + Plain);
        await page.Page.EvaluateAsync("[...document.querySelector('main').children].forEach((element) => { element.style.margin = '40px 0'; element.style.padding = '10px'; })");
        await page.Page.WaitForFunctionAsync("() => performance.getEntriesByType('resource').some((entry) => entry.name.endsWith('/attention') && entry.responseEnd)");
        var with = await DistanceAsync(page);
        await page.Page.EvaluateAsync("document.querySelector('whatsapp-attention').remove()");

        with.ShouldBe(await DistanceAsync(page));
        page.Service.Requests.ShouldNotContain(request => request.Query.Contains("words") && request.Path.EndsWith("whatsapp-attention.js", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_asks_again_when_the_page_is_seen_again_and_from_time_to_time_and_not_when_nobody_looks()
    {
        await using var page = await OpenAsync(Module, Counting, clock: true);
        await AskedAsync(page, 1);
        await page.Page.Clock.FastForwardAsync(400_000);
        await AskedAsync(page, 2);

        await SetHiddenAsync(page, true);
        await page.Page.Clock.FastForwardAsync(3_600_000);
        await AskedAsync(page, 2);
        await SetHiddenAsync(page, false);
        await AskedAsync(page, 3);

        await page.Page.EvaluateAsync("document.querySelector('whatsapp-attention').remove()");
        await page.Page.Clock.FastForwardAsync(3_600_000);
        await AskedAsync(page, 3);
    }

    [Fact]
    public async Task After_failures_it_asks_ever_more_seldom_and_what_was_shown_stays()
    {
        await using var page = await OpenAsync(Module, Counting, service => service.Attention = new StubAnswer(StubService.Due(StubService.Item("a", "This is due."))), clock: true);
        var element = page.Page.Locator("whatsapp-attention");
        await Expect(element.GetByRole(AriaRole.Listitem)).ToContainTextAsync("This is due.");
        page.Service.Attention = StubAnswer.Problem(503, "service_unavailable", "Away.", "Wait.");
        await page.Page.Clock.FastForwardAsync(400_000);
        await AskedAsync(page, 2);
        await page.Page.Clock.FastForwardAsync(40_000);
        await AskedAsync(page, 3);
        await page.Page.Clock.FastForwardAsync(40_000);
        await AskedAsync(page, 3);
        await page.Page.Clock.FastForwardAsync(60_000);
        await AskedAsync(page, 4);
        await Expect(element.GetByRole(AriaRole.Listitem)).ToContainTextAsync("This is due.");

        page.Service.Attention = StubAnswer.Problem(401, "signed_out", "You are signed out.", "Sign in.");
        await page.Page.EvaluateAsync("document.querySelector('whatsapp-attention').refresh()");
        await Expect(element.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Moved_on_the_page_it_keeps_what_it_knows_and_what_the_page_has_set_before_it_was_there_counts()
    {
        await using var page = await OpenAsync("", Plain, service => service.Attention = new StubAnswer(StubService.Due(StubService.Item("a", "This is due."))), script: $$"""
            addEventListener('DOMContentLoaded', () => {
              const element = document.querySelector('whatsapp-attention');
              element.labels = { heading: 'Early words' };
              element.fetch = (address, request) => fetch(address, { ...request, headers: { ...request.headers, Authorization: 'Bearer early' } });
              document.head.append(Object.assign(document.createElement('script'), { type: 'module', src: '/integrations/whatsapp/whatsapp-attention.js' }));
            });
            """);
        var element = page.Page.Locator("whatsapp-attention");
        await Expect(element.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Early words");

        await page.Page.EvaluateAsync("document.body.prepend(document.querySelector('whatsapp-attention'))");
        await Expect(element.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        page.Service.Requests.Where(request => request.Path.EndsWith("/attention", StringComparison.Ordinal)).ShouldHaveSingleItem().Authorization.ShouldBe("Bearer early");
        await page.Page.EvaluateAsync("document.querySelector('whatsapp-attention').setAttribute('heading-level', '4')");
        await Expect(element.GetByRole(AriaRole.Heading, new() { Level = 4 })).ToHaveTextAsync("Early words");
    }

    [Fact]
    public async Task It_speaks_the_language_of_the_page_and_markup_in_a_text_is_text()
    {
        await using var page = await OpenAsync(Module, Plain, service =>
        {
            service.Language = "es";
            service.Attention = new StubAnswer(StubService.Due(StubService.Item("a", "<img src=x onerror=\"window.broken = true\">", link: "javascript:window.broken = true")));
        });
        var element = page.Page.Locator("whatsapp-attention");

        await Expect(element.GetByRole(AriaRole.Heading)).ToHaveTextAsync("WhatsApp necesita tu atención");
        await Expect(element.GetByRole(AriaRole.Listitem)).ToContainTextAsync("<img src=x");
        await Expect(element.GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
        (await page.Page.EvaluateAsync<bool>("Boolean(window.broken)")).ShouldBeFalse();
        page.Service.Requests.Where(request => request.Path.EndsWith("/attention", StringComparison.Ordinal)).ShouldAllBe(request => request.Language == "es");
    }

    private Task<ComponentPage> OpenAsync(string head, string markup, Action<StubService>? plan = null, bool clock = false, string? script = null) => ComponentPage.OpenAsync(
        browser,
        service =>
        {
            (service.Head, service.Markup) = (head, markup);
            plan?.Invoke(service);
        },
        clock: clock,
        script: script);

    private static async Task AskedAsync(ComponentPage page, int times)
    {
        await page.Page.WaitForFunctionAsync("times => window.waits >= times", times);

        // What was asked for beside it has come by the time that the page has had another answer.
        await page.Page.EvaluateAsync("fetch('/done').then((answer) => answer.text())");
        page.Service.Requests.Count(request => request.Path.EndsWith("/attention", StringComparison.Ordinal)).ShouldBe(times);
    }

    private static async Task SetHiddenAsync(ComponentPage page, bool hidden) => await page.Page.EvaluateAsync(
        "hidden => { Object.defineProperty(document, 'hidden', { configurable: true, value: hidden }); document.dispatchEvent(new Event('visibilitychange')); }", hidden);

    private static Task<double> DistanceAsync(ComponentPage page) =>
        page.Page.EvaluateAsync<double>("document.getElementById('after').getBoundingClientRect().top - document.getElementById('before').getBoundingClientRect().top");
}
