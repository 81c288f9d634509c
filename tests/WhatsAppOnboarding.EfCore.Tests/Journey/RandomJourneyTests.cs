using System.Net;
using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.Journey;

/// <summary>
/// Accounts that share WABAs connect, connect again and disconnect as they like, numbers come and go at Meta, and saves fail or are acknowledged
/// late. After every step the account's books are right; at the end whoever holds a number hears of it. Set WHATSAPP_TESTS_SEED to repeat a run.
/// </summary>
public sealed class RandomJourneyTests
{
    private static readonly string[] Accounts = ["acme", "birch", "cedar"];

    private readonly Trouble _trouble = new();

    [Theory]
    [InlineData(DatabaseKind.Sqlite, 8)]
    [InlineData(DatabaseKind.PostgreSql, 20)]
    public async Task Whatever_accounts_do_the_promises_hold(DatabaseKind database, int steps)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("WHATSAPP_TESTS_SEED"), out var given) ? given : Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        await using var nodes = await Nodes.StartAsync(database, options: context => context.AddInterceptors(_trouble));
        await nodes.AddAccountsAsync(Accounts);
        var business = nodes.Meta.World.AddBusiness("Lucky Shrub");
        EmulatedWaba[] wabas = [business.AddWaba("A"), business.AddWaba("B"), business.AddWaba("C")];
        foreach (var waba in wabas)
            waba.AddNumber($"+1 631-555-{waba.Id[^4..]}", waba.Name);

        await Task.WhenAll(Accounts.Select(async (account, index) =>
        {
            var random = new Random(seed + index);
            for (var step = 0; step < steps; step++)
            {
                await StepAsync(nodes, account, wabas, random);
                var violations = await nodes[0].UseAsync<IWhatsAppOperator, IReadOnlyList<Finding>>(operations => operations.ReconcileAsync(AccountId.Parse(account), asksMeta: false));
                violations.ShouldBeEmpty($"seed {seed}, {account}, step {step}");
            }
        }));

        foreach (var waba in wabas)
            await EndsRightAsync(nodes, waba, seed);
    }

    private async Task StepAsync(Nodes nodes, string account, EmulatedWaba[] wabas, Random random)
    {
        if (random.Next(8) == 0)
            _trouble.FailAfter();
        else if (random.Next(8) == 0)
            _trouble.FailBefore();

        var waba = wabas[random.Next(wabas.Length)];
        try
        {
            switch (random.Next(10))
            {
                case < 5:
                    using (var browser = await nodes[0].OpenBrowserAsync(account))
                    {
                        var granted = wabas.Where(one => one == waba || random.Next(2) == 0).Select(one => one.Id).ToArray();
                        var start = await browser.GetAsync(WhatsAppOnboarding.Tests.Browser.Connect);
                        if (start.StatusCode == HttpStatusCode.SeeOther)
                            await browser.ReturnAsync(await nodes.Meta.ApproveAsync(start.Headers.Location!, granted));
                        else
                            start.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, "the save that counts it was made to fail");
                    }

                    break;
                case < 7:
                    await nodes[0].DisconnectAsync(account);
                    break;
                case < 8:
                    await nodes[0].DisconnectAsync(account, random.Next(2) == 0
                        ? new DisconnectScope { WabaId = WabaId.Parse(waba.Id) }
                        : new DisconnectScope { PhoneNumberId = PhoneNumberId.Parse(waba.Numbers[0].Id) });
                    break;
                case < 9:
                    waba.AddNumber("+1 631-555-0199", "More");
                    break;
                default:
                    if (waba.Numbers.Count > 1)
                        waba.Numbers[^1].Remove();
                    break;
            }
        }
        catch (IOException)
        {
            // The save that was made to fail.
        }
    }

    /// <summary>Whoever holds a number of a WABA hears of it; an account that could not be told otherwise has a step that says so.</summary>
    private static async Task EndsRightAsync(Nodes nodes, EmulatedWaba waba, int seed)
    {
        var accounts = await Task.WhenAll(Accounts.Select(account => nodes[0].ReadAsync(account)));
        var numbers = accounts.SelectMany(account => account.Numbers).Where(number => number.WabaId.ToString() == waba.Id).ToArray();
        var text = $"seed {seed}, WABA {waba.Name}: {string.Join("; ", numbers.Select(number => $"{number.AccountId} {number.State} {string.Join(',', number.OpenSteps)}"))}";
        if (numbers.Any(number => number.IsHeld && number.OpenSteps.Count == 0))
            waba.IsAppSubscribed.ShouldBeTrue(text);
        foreach (var number in numbers.Where(number => number.IsHeld && number.OpenSteps.Count == 0))
            number.Evidence.SubscribedAt.ShouldNotBeNull(text);
    }
}
