using System.Collections;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Promises;

/// <summary>What an account costs does not grow faster than the account; the sizes that are held stand in the docs.</summary>
public sealed class SizesTests
{
    private static readonly AccountId Acme = AccountId.Parse("acme");

    [Fact]
    public void To_find_every_number_of_an_account_reads_its_numbers_once_and_not_once_for_each()
    {
        var listed = new CountedList([.. Numbers(1000)]);
        var account = new AccountPhoneNumbers(new AccountWabaReference { AccountId = Acme }, listed);

        foreach (var number in Numbers(1000))
            account.Find(number.PhoneNumberId)!.PhoneNumberId.ShouldBe(number.PhoneNumberId);
        account.Find(PhoneNumberId.Parse("7")).ShouldBeNull();

        listed.Read.ShouldBeLessThanOrEqualTo(2 * 1000);
        account.ShouldBe(new AccountPhoneNumbers(account.Reference, listed), "what was looked for makes no difference");
    }

    [Theory]
    [InlineData("""{"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"SPAM"}}""", AccountEvent.Noticed)]
    [InlineData("""{"event":"ACCOUNT_OFFBOARDED"}""", AccountEvent.Paused)]
    public async Task What_Meta_says_of_a_waba_with_9900_numbers_is_followed_and_the_host_is_told_once(string value, string told)
    {
        await using var host = await TheHost.StartAsync();
        await host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(Acme, _ => [.. Numbers(9900)]));
        using var client = host.OpenApi(null);

        (await client.DeliverAsync(host, SignedPost.Change("900", "account_update", value))).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await host.ReadAsync("acme")).Numbers.ShouldAllBe(number => number.Notices.Count == 1);
        host.Events.Account.Where(one => one.Kind == told).ShouldHaveSingleItem().Numbers.Count.ShouldBe(9900);
    }

    [Theory]
    [InlineData("""{"id":"s{0}","status":"sent"}""", "statuses", false)]
    [InlineData("""{"from":"{0}","id":"m{0}"}""", "messages", true)]
    [InlineData("""{"code":{0}}""", "errors", false)]
    public async Task A_delivery_costs_no_more_for_each_item_the_more_it_has(string item, string list, bool contacts)
    {
        await using var host = await TheHost.StartAsync(setup =>
        {
            setup.Services.AddSingleton<Tally>();
            setup.Library = library => library.AddWebhookHandler<CountingHandler>();
            setup.RecordsWebhooks = false;
        });
        await host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(Acme, _ => [.. Numbers(1)]));
        using var client = host.OpenApi(null);
        await TimeOfAsync(100);

        var (few, many) = (await TimeOfAsync(1000), await TimeOfAsync(8000));

        (many / few).ShouldBeLessThan(40, "eight times as many; a square is sixty-four times");

        async Task<double> TimeOfAsync(int count)
        {
            var best = double.MaxValue;
            for (var run = 0; run < 5; run++)
            {
                var body = Encoding.UTF8.GetBytes(Delivery(item, list, contacts, count, run * 1_000_000));
                var tally = host.App.Services.GetRequiredService<Tally>();
                tally.Count = 0;
                var began = Stopwatch.GetTimestamp();
                (await client.DeliverAsync(body, host.Meta.AppSecret)).StatusCode.ShouldBe(HttpStatusCode.OK);
                best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                tally.Count.ShouldBe(count);
            }

            return best;
        }
    }

    [Theory, InlineData(1), InlineData(9)]
    public async Task A_list_of_attempts_reads_the_numbers_once_however_many_choices_wait(int waiting)
    {
        var reads = new Reads();
        await using var host = await TheHost.StartAsync(setup =>
        {
            PopupConnect.Configure(setup);
            setup["NumberChoice"] = "Ask";
            setup["MaxExchanges"] = setup["MaxStarts"] = "100";
            setup.Services.AddSingleton(reads);
            setup.Services.AddScoped(provider => CountedStore.Over(ActivatorUtilities.CreateInstance<InMemoryPhoneNumberStore>(provider), reads));
        });
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        waba.AddNumber("+1 631-555-0101", "Two");
        using var api = host.OpenApi("acme");
        for (var n = 0; n < waiting; n++)
            (await ApiConnect.CodeOf(await api.PostAsync(new { code = host.Meta.IssuePopupCode(), state = await api.StartPopupStateAsync() }))).ShouldBe("choose");
        reads.Count = 0;

        var listed = await host.UseAsync<IWhatsAppAccounts, IReadOnlyList<AttemptView>>(accounts => accounts.ListAttemptsAsync(Acme));

        listed.Count(view => view.Choice is not null).ShouldBe(waiting);
        reads.Count.ShouldBe(1);
    }

    private static string Delivery(string item, string list, bool contacts, int count, int from)
    {
        var items = string.Join(',', Enumerable.Range(from, count).Select(n => item.Replace("{0}", n.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));
        var people = contacts ? ",\"contacts\":[" + string.Join(',', Enumerable.Range(from, count).Select(n => $$"""{"wa_id":"{{n}}"}""")) + "]" : "";
        return SignedPost.Change("900", "messages", $$"""{"{{list}}":[{{items}}]{{people}}}""", "100000");
    }

    private static IEnumerable<PhoneNumber> Numbers(int count) => Enumerable.Range(100_000, count).Select((id, order) => new PhoneNumber
    {
        AccountId = Acme,
        PhoneNumberId = PhoneNumberId.Parse(id.ToString(CultureInfo.InvariantCulture)),
        WabaId = WabaId.Parse("900"),
        State = NumberState.Active,
        Generation = Guid.Empty,
        ConnectSequence = 1,
        GrantOrder = order,
        Token = new SealedSecret("sealed"),
        Evidence = new NumberEvidence { SubscribedAt = DateTimeOffset.UnixEpoch },
        CreatedAt = DateTimeOffset.UnixEpoch,
        ConnectedAt = DateTimeOffset.UnixEpoch,
    });

    private sealed class Tally
    {
        public int Count { get; set; }
    }

    private sealed class CountingHandler(Tally tally) : IWebhookHandler
    {
        public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
        {
            tally.Count++;
            return Task.CompletedTask;
        }
    }

    /// <summary>A list that counts how many of its numbers were looked at.</summary>
    private sealed class CountedList(PhoneNumber[] numbers) : IReadOnlyList<PhoneNumber>
    {
        public int Read { get; private set; }

        public int Count => numbers.Length;

        public PhoneNumber this[int index]
        {
            get
            {
                Read++;
                return numbers[index];
            }
        }

        public IEnumerator<PhoneNumber> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Reads
    {
        public int Count { get; set; }
    }

    /// <summary>The store in memory, which counts how often an account is read.</summary>
    [SuppressMessage("Performance", "CA1852", Justification = "A proxy is made by deriving from it.")]
    private class CountedStore : DispatchProxy
    {
        private (IPhoneNumberStore Inner, Reads Reads) _of;

        public static IPhoneNumberStore Over(IPhoneNumberStore inner, Reads reads)
        {
            var store = Create<IPhoneNumberStore, CountedStore>();
            ((CountedStore)(object)store)._of = (inner, reads);
            return store;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(IPhoneNumberStore.ReadAsync))
                _of.Reads.Count++;
            return targetMethod.Invoke(_of.Inner, args);
        }
    }
}
