using System.Net;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Tests.Framework;
using Person = WhatsAppOnboarding.Tests.Browser;

namespace WhatsAppOnboarding.EfCore.Tests.Journey;

/// <summary>A link that is used at once on two nodes over one database is used once.</summary>
public sealed class LinkNodesTests
{
    public static TheoryData<DatabaseKind> Databases => [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_many_browsers_that_press_at_once_on_two_nodes_one_has_the_link(DatabaseKind kind)
    {
        await using var nodes = await StartAsync(kind);
        var path = await CreateAsync(nodes);
        for (var round = 0; round < 5; round++)
        {
            var people = Enumerable.Range(0, 8).Select(i => new Person(nodes[i % 2])).ToArray();
            await Task.WhenAll(people.Select(person => person.GetAsync(path)));

            var answers = await Task.WhenAll(people.Select(person => person.PostAsync(path)));

            answers.Count(answer => answer.StatusCode == HttpStatusCode.SeeOther).ShouldBe(1);
            answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(7);
            foreach (var person in people)
                person.Dispose();
            path = await CreateAsync(nodes);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_two_grants_of_one_browser_at_once_on_two_nodes_one_connects(DatabaseKind kind)
    {
        await using var nodes = await StartAsync(kind);
        nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        var path = await CreateAsync(nodes);
        using var first = nodes[0].OpenApi(null);
        using var second = nodes[1].OpenApi(null);
        var cookie = (await first.GetAsync(path)).Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var dialogs = new List<Uri>();
        for (var presses = 0; presses < 2; presses++)
            dialogs.Add((await SendAsync(first, HttpMethod.Post, path, cookie)).Headers.Location!);
        var backs = await Task.WhenAll(dialogs.Select(dialog => nodes.Meta.ApproveAsync(dialog)));

        await Task.WhenAll(SendAsync(first, HttpMethod.Get, backs[0].PathAndQuery, cookie), SendAsync(second, HttpMethod.Get, backs[1].PathAndQuery, cookie));

        var attempts = await nodes[0].UseAsync<IWhatsAppAccounts, IReadOnlyList<AttemptView>>(accounts => accounts.ListAttemptsAsync(AccountId.Parse("acme")));
        attempts.Count(attempt => attempt.Outcome == AttemptView.Connected).ShouldBe(1);
        var link = (await nodes[1].UseAsync<IWhatsAppSetup, IReadOnlyList<SetupLink>>(setup => setup.ListLinksAsync(AccountId.Parse("acme")))).ShouldHaveSingleItem();
        (link.State, link.AttemptId).ShouldBe((SetupLink.Used, attempts.Single(attempt => attempt.Outcome == AttemptView.Connected).AttemptId));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Presses_of_one_link_on_two_nodes_share_the_limit_and_those_of_another_link_have_their_own(DatabaseKind kind)
    {
        await using var nodes = await StartAsync(kind, presses: 3);
        using var first = nodes[0].OpenApi(null);
        using var second = nodes[1].OpenApi(null);

        for (var link = 0; link < 2; link++)
        {
            var path = await CreateAsync(nodes);
            var cookie = (await first.GetAsync(path)).Headers.GetValues("Set-Cookie").Single().Split(';')[0];
            foreach (var api in (HttpClient[])[first, second, first])
                (await SendAsync(api, HttpMethod.Post, path, cookie)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
            foreach (var api in (HttpClient[])[first, second])
                (await SendAsync(api, HttpMethod.Post, path, cookie)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        }
    }

    private static async Task<Nodes> StartAsync(DatabaseKind kind, int presses = 100_000)
    {
        var nodes = await Nodes.StartAsync(kind, 2, configure: setup => (setup["Links:ServiceName"], setup["MaxStarts"]) = ("Lucky Desk", $"{presses}"));
        await nodes.AddAccountsAsync("acme");
        return nodes;
    }

    private static async Task<string> CreateAsync(Nodes nodes) =>
        (await nodes[0].UseAsync<IWhatsAppSetup, SetupLink>(setup => setup.CreateLinkAsync(AccountId.Parse("acme"), new SetupLinkRequest()))).RevealUrl()!.AbsolutePath;

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, string cookie)
    {
        var request = new HttpRequestMessage(method, path) { Headers = { { "Cookie", cookie } } };
        if (method == HttpMethod.Post)
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return client.SendAsync(request);
    }
}
