using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.Journey;

/// <summary>Many accounts that hold the same numbers, on two nodes at once: whoever loses a race tries again and comes through.</summary>
public sealed class ContentionTests
{
    private const int Accounts = 20;
    private const int Numbers = 10;
    private const int AtOnce = 60;

    [Theory]
    [InlineData(DatabaseKind.Sqlite, 1)]
    [InlineData(DatabaseKind.PostgreSql, 2)]
    public async Task No_connect_fails_because_others_connect_at_the_same_time(DatabaseKind kind, int rounds)
    {
        await using var nodes = await Nodes.StartAsync(kind, 2);
        string[] accounts = [.. Enumerable.Range(0, Accounts).Select(account => $"account-{account}")];
        await nodes.AddAccountsAsync(accounts);
        var waba = nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        for (var number = 0; number < Numbers; number++)
            waba.AddNumber($"+1 631-555-010{number}", "Lucky Shrub");

        for (var round = 0; round < rounds; round++)
        {
            var ends = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async turn =>
            {
                using var api = nodes[turn % 2].OpenApi(accounts[turn % Accounts]);
                var body = new { code = nodes.Meta.IssuePopupCode(), state = await api.StartPopupStateAsync(), wabaId = waba.Id };
                return await ApiConnect.CodeOf(await api.PostAsync(body));
            }));

            ends.ShouldAllBe(end => end == "connected");
        }

        foreach (var account in accounts)
            (await nodes[0].ReadAsync(account)).Numbers.Count(number => number.IsHeld).ShouldBe(Numbers);
        nodes.Meta.Calls.Of(GraphOperations.ExchangeCode).Count.ShouldBe(AtOnce * rounds);
    }
}
