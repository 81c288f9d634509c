using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Promises;

/// <summary>What a connect costs does not grow with the number of accounts. What is allocated is read on the thread that asks, so that nothing of other tests is in it.</summary>
public sealed class CrowdSizeTests
{
    [Fact]
    public async Task What_a_connect_asks_of_the_stores_in_memory_and_of_the_emulator_costs_no_more_the_more_accounts_there_are()
    {
        await using var host = await TheHost.StartAsync(setup => setup["SharedNumbers"] = "Refuse");
        await using var scope = host.App.Services.CreateAsyncScope();
        var numbers = scope.ServiceProvider.GetRequiredService<IPhoneNumberStore>();
        var attempts = scope.ServiceProvider.GetRequiredService<IConnectAttemptStore>();
        var calls = scope.ServiceProvider.GetRequiredService<IMetaCallLog>();
        var (account, number, attempt) = (Account(0), Number(0), Attempt(0));
        var waba = number.WabaId.ToString();
        var acts = new Dictionary<string, Func<Task>>
        {
            ["holders of a number"] = () => numbers.FindHeldAsync(new HeldNumbersQuery { Numbers = [number.PhoneNumberId] }),
            ["holders of a WABA"] = () => numbers.FindHeldAsync(new HeldNumbersQuery { Wabas = [number.WabaId] }),
            ["numbers by who granted them"] = () => numbers.FindHeldAsync(new HeldNumbersQuery { Grantors = [number.GrantedBy!] }),
            ["write"] = () => numbers.WriteAsync(account, _ => [number]),
            ["attempt"] = () => attempts.FindAsync(account, attempt.Id),
            ["attempts"] = () => attempts.ListAsync(account, null, 50),
            ["steps of an attempt"] = () => attempts.UpdateAsync(attempt),
            ["calls"] = () => calls.FindAsync("unsubscribe", [waba], DateTimeOffset.UnixEpoch),
            ["grant"] = () => Task.FromResult(host.Meta.IssuePopupCode([waba])),
        };

        await FillAsync(0, 100);
        var few = acts.ToDictionary(act => act.Key, act => LeastOf(act.Value));
        await FillAsync(100, 1_000);

        acts.ToDictionary(act => act.Key, act => (Many: LeastOf(act.Value), Few: few[act.Key])).ShouldAllBe(pair => pair.Value.Many < 1.3 * pair.Value.Few);

        async Task FillAsync(int from, int to)
        {
            for (var n = from; n < to; n++)
            {
                var filler = n;
                (await numbers.WriteAsync(Account(n), _ => [Number(filler)])).Saved.ShouldBeTrue();
                await attempts.ClaimAsync(Attempt(n));
                await calls.TakeAsync(new MetaCall { Kind = "unsubscribe", Id = Number(n).WabaId.ToString(), At = DateTimeOffset.UnixEpoch }, null, TimeSpan.Zero);
                host.Meta.World.AddBusiness($"Business {n}").AddWaba("Main", Number(n).WabaId.ToString()).AddNumber("+1 631-555-0100", "One");
            }
        }
    }

    [Fact]
    public async Task To_count_what_an_account_began_takes_no_longer_the_more_accounts_began_something()
    {
        await using var host = await TheHost.StartAsync();
        var limits = host.App.Services.GetRequiredService<AttemptLimits>();
        var accounts = 0;
        await TimeOfAsync(1_000);

        var few = await TimeOfAsync(4_000);
        await TimeOfAsync(20_000);
        var many = await TimeOfAsync(4_000);

        (many / few).ShouldBeLessThan(40, "who looks at all accounts each time takes some thousand times as long");

        async Task<double> TimeOfAsync(int more)
        {
            var began = Stopwatch.GetTimestamp();
            for (var n = 0; n < more; n++)
                (await limits.RefuseStartAsync(Account(accounts++))).ShouldBeNull();
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
    }

    /// <summary>Bytes; the least of some tries, for a list grows at times, and the first try loads code.</summary>
    private static long LeastOf(Func<Task> act) => Enumerable.Range(0, 20).Min(_ =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        act().IsCompletedSuccessfully.ShouldBeTrue("what waits goes on on another thread");
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });

    private static AccountId Account(int n) => AccountId.Parse($"account-{n}");

    private static PhoneNumber Number(int n) => new()
    {
        AccountId = Account(n),
        PhoneNumberId = PhoneNumberId.Parse((1_000_000 + n).ToString(CultureInfo.InvariantCulture)),
        WabaId = WabaId.Parse((2_000_000 + n).ToString(CultureInfo.InvariantCulture)),
        State = NumberState.Active,
        Generation = Guid.Empty,
        ConnectSequence = 1,
        GrantOrder = 0,
        Token = new SealedSecret("sealed"),
        GrantedBy = $"grantor-{n}",
        Evidence = new NumberEvidence { SubscribedAt = DateTimeOffset.UnixEpoch },
        CreatedAt = DateTimeOffset.UnixEpoch,
        ConnectedAt = DateTimeOffset.UnixEpoch,
    };

    private static ConnectAttempt Attempt(int n) => new()
    {
        Id = new Guid(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]),
        StateHash = $"state-{n}",
        CodeHash = $"code-{n}",
        AccountId = Account(n),
        Way = "api",
        Generation = Guid.Empty,
        ClaimedAt = DateTimeOffset.UnixEpoch,
    };
}
