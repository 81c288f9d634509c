using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Testing;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>The sample on two nodes with one database, by configuration alone.</summary>
public sealed class NodesTests(TheSample sample, TwoNodes nodes, ITestOutputHelper output) : IClassFixture<TwoNodes>
{
    private const string Events = "/api/chat/events";
    private const string OAuth = "/api/integrations/whatsapp/oauth";

    [Fact]
    public async Task Any_node_serves_a_person_and_the_other_goes_on_when_one_dies()
    {
        nodes.Proxy.Next("/auth/signup", 1);
        nodes.Proxy.Next("/api/integrations/whatsapp/connect", 0);
        nodes.Proxy.Next(OAuth, 1);
        nodes.Proxy.Next(Events, 0);
        await using var visitor = await sample.OpenAsync(address: nodes.Proxy.Address);
        var number = AddNumber();
        await visitor.SignUpByFormAsync();
        await visitor.ConnectByPopupAsync(number.Waba.Id);
        await Expect(visitor.Page.GetByText("WhatsApp is connected. New messages")).ToBeVisibleAsync();
        nodes.Proxy.NodesOf("GET /auth/signup")[^1].ShouldBe(1);
        nodes.Proxy.NodesOf("POST /auth/signup")[^1].ShouldBe(0, "the form came from the other node, and its token counts here");
        nodes.Proxy.NodesOf("POST " + OAuth)[^1].ShouldBe(1, "begun on one node, ended on the other");

        var second = await visitor.NewPageAsync();
        await second.GotoAsync("/dashboard");
        IPage[] both = [visitor.Page, second];
        foreach (var page in both)
            await Expect(Live(page)).ToBeVisibleAsync();
        nodes.Proxy.NodesOf("GET " + Events)[^2..].ShouldBe([0, 1]);

        await HearAsync(number, "Do you have ferns?", both);
        await HearAsync(number, "The large ones?", both);
        await AnswerAsync(visitor, "We do!", both);
        await visitor.LookAtBothAsync("nodes-live");

        await nodes.Nodes[0].KillAsync();
        await Expect(visitor.Page.Locator("#live")).ToHaveTextAsync("Reconnecting");
        await WriteAsync(number, "Two, please.");
        await visitor.FitsBothAsync("nodes-reconnecting");
        await Expect(second.GetByRole(AriaRole.Log).GetByText("Two, please.")).ToBeVisibleAsync();
        await Expect(Live(second)).ToBeVisibleAsync();

        await Expect(Live(visitor.Page)).ToBeVisibleAsync();
        await Expect(visitor.Log.GetByText("Two, please.")).ToBeVisibleAsync();
        await Expect(visitor.Alert).ToHaveCountAsync(0);
        await AnswerAsync(visitor, "They are yours.", both);
        await visitor.LookAtBothAsync("nodes-one-left");

        await nodes.Nodes[0].StartAgainAsync();
        await visitor.Page.GotoAsync(new Uri(nodes.Nodes[0].Address, "/dashboard").ToString());
        await Expect(Live(visitor.Page)).ToBeVisibleAsync();
        await HearAsync(number, "Thank you!", both);
    }

    [Fact]
    public async Task Whoever_signs_out_or_deletes_the_account_on_one_node_ends_the_pages_on_the_other()
    {
        await using var visitor = await sample.OpenAsync(address: nodes.Proxy.Address);
        await visitor.SignUpConnectedAsync(nodes.Meta, AddNumber().Waba.Id);
        var second = await visitor.NewPageAsync();
        await OpenApartAsync(visitor.Page, second);

        await second.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/auth/login"));

        await visitor.SignInAsync();
        await Expect(visitor.Page).Not.ToHaveURLAsync(new Regex("/auth/login"));
        await OpenApartAsync(visitor.Page, second);
        await second.GotoAsync(new Uri(nodes.Nodes[1].Address, "/account").ToString());
        await second.GetByRole(AriaRole.Button, new() { Name = "Delete account" }).ClickAsync();
        await second.GetByLabel("Password", new() { Exact = true }).FillAsync(Visitor.Password);
        await second.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();

        // Before the stream looks by itself whether its sign-in is still good, every fifteen seconds.
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/auth/login"), new() { Timeout = 10_000 });
    }

    [Fact]
    public async Task Nodes_that_heard_nothing_for_a_while_have_their_pages_read_everything_again()
    {
        await using var visitor = await sample.OpenAsync(address: nodes.Proxy.Address);
        var number = AddNumber();
        await visitor.SignUpConnectedAsync(nodes.Meta, number.Waba.Id);
        await Expect(Live(visitor.Page)).ToBeVisibleAsync();

        await nodes.AskAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'");
        foreach (var node in nodes.Nodes)
            await node.SaysAsync("Nothing is heard of other nodes");
        await WriteAsync(number, "Is anybody there?");

        await Expect(visitor.Log.GetByText("Is anybody there?")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Nodes_that_start_at_once_on_an_empty_database_make_its_tables_and_one_key_which_their_certificate_encrypts()
    {
        nodes.Proxy.ShouldNotBeNull();
        (await nodes.AskAsync("""SELECT count(*) FROM "DataProtectionKeys" """)).ShouldBe(1L);
        (await nodes.AskAsync("""SELECT "Xml" FROM "DataProtectionKeys" """)).ShouldBeOfType<string>().ShouldContain("<EncryptedData");
        foreach (var node in nodes.Nodes)
            node.Output.ShouldNotContain("lie in the clear");
    }

    private static ILocator Live(IPage page) => page.GetByText("Live", new() { Exact = true });

    private EmulatedNumber AddNumber() => nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "Lucky Shrub");

    private async Task WriteAsync(EmulatedNumber number, string text) =>
        (await nodes.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+1 555 000 1234", "Ann", text)).Status.ShouldBe(DeliveryStatus.Delivered);

    /// <summary>A customer writes, and every page shows it.</summary>
    private async Task HearAsync(EmulatedNumber number, string text, IPage[] pages)
    {
        await WriteAsync(number, text);
        var saved = Stopwatch.GetTimestamp();
        await Task.WhenAll(pages.Select(page => Expect(page.GetByRole(AriaRole.Log).GetByText(text)).ToBeVisibleAsync()));
        output.WriteLine($"{text} on {pages.Length} pages {Stopwatch.GetElapsedTime(saved).TotalMilliseconds:N0} ms after it was taken");
    }

    private static async Task AnswerAsync(Visitor visitor, string text, IPage[] pages)
    {
        await visitor.Page.GetByLabel("Message", new() { Exact = true }).FillAsync(text);
        await visitor.Button("Send").ClickAsync();
        foreach (var page in pages)
            await Expect(page.GetByRole(AriaRole.Log).Locator(".bubble[data-state=delivered]").GetByText(text)).ToBeVisibleAsync();
    }

    /// <summary>The dashboard on a page for each node; a browser has one set of cookies for both.</summary>
    private async Task OpenApartAsync(params IPage[] pages)
    {
        foreach (var (page, node) in pages.Zip(nodes.Nodes))
        {
            await page.GotoAsync(new Uri(node.Address, "/dashboard").ToString());
            await Expect(Live(page)).ToBeVisibleAsync();
        }
    }
}
