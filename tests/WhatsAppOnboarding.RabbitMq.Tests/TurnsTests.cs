using System.Text;
using WhatsAppOnboarding.RabbitMq.Broker;
using WhatsAppOnboarding.RabbitMq.Work;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.RabbitMq.Tests;

/// <summary>What a node has in hand of a queue whose waiting places bring back in any order what is put aside, as they do after a restart of the broker or a node.</summary>
public sealed class TurnsTests
{
    private const int Parts = 1_000;

    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _begun = [];
    private readonly List<PartMessage> _underWay = [];
    private readonly List<PartMessage> _aside = [];
    private readonly InHand _inHand;
    private ulong _tag;

    public TurnsTests() => _inHand = new InHand(_time);

    private static IEnumerable<string> All => Enumerable.Range(0, Parts).Select(index => $"{index}");

    [Fact]
    public void What_comes_back_shuffled_is_worked_in_order_and_as_much_of_it_each_time_as_there_is_room_for()
    {
        var random = new Random(7);
        foreach (var id in All)
            Bring(Part(id));
        var room = _begun.Count;

        var rounds = 0;
        for (; _aside.Count > 0 && rounds < Parts; rounds++)
        {
            EndAll();
            PartMessage[] back = [.. _aside];
            _aside.Clear();
            random.Shuffle(back);
            foreach (var message in back)
                Bring(message);
        }

        _begun.ShouldBe(All);
        rounds.ShouldBeLessThanOrEqualTo((Parts / room) + 1);
        _inHand.Held.ShouldBe(0);
    }

    [Fact]
    public void What_comes_back_twice_holds_nothing_up()
    {
        foreach (var id in All)
            Bring(Part(id));
        for (var rounds = 0; _aside.Count > 0 && rounds < 2 * Parts; rounds++)
        {
            EndAll();
            PartMessage[] back = [.. _aside.AsEnumerable().Reverse(), .. rounds == 0 ? _aside : []];
            _aside.Clear();
            foreach (var message in back)
                Bring(message);
        }

        _begun.Distinct().ShouldBe(All);
        _inHand.Held.ShouldBe(0);
    }

    [Fact]
    public void What_never_comes_back_is_waited_for_a_minute_and_no_longer()
    {
        foreach (var id in All)
            Bring(Part(id));
        EndAll();
        var before = _begun.Count;
        foreach (var message in _aside.Skip(1).Take(10))
            Bring(message);
        _begun.Count.ShouldBe(before);

        _time.Advance(TimeSpan.FromSeconds(59));
        _inHand.Due().ShouldBeEmpty();
        _time.Advance(TimeSpan.FromSeconds(2));

        _inHand.Due().Select(one => Id(one.Message)).ShouldBe(All.Skip(before + 1).Take(10));
    }

    [Fact]
    public void What_another_node_had_begun_put_aside_and_not_seen_is_begun_in_this_order()
    {
        foreach (var id in All)
            Bring(Part(id));
        PartMessage[] aside = [.. _aside.AsEnumerable().Reverse()];
        var begun = _begun.ToArray();
        Clear();
        _time.Advance(TimeSpan.FromSeconds(1));

        // The broker brings what the node had in hand, then what comes after it, and in its time what was put aside.
        var next = new InHand(_time);
        next.Settle();
        for (var other = 0; other < 100; other++)
            next.Enter(new TakenMessage(new(new TakenDelivery { Body = default, ReceivedAt = default, Lane = "901", Number = "107" }) { Failures = 1 }, _tag++), out _, out _);
        foreach (var id in begun)
            Bring(Part(id, tries: 2), next);
        Bring(Part("last"), next);
        EndAll(next);
        foreach (var message in aside)
            Bring(message, next);
        _begun.ShouldBe(begun);

        _time.Advance(TimeSpan.FromSeconds(8));
        for (var rounds = 0; next.Held + _aside.Count > 0 && rounds < 10; rounds++)
        {
            Begun(next.Due());
            EndAll(next);
            PartMessage[] back = [.. _aside];
            _aside.Clear();
            foreach (var message in back)
                Bring(message, next);
        }

        _begun.ShouldBe([.. All, "last"]);
    }

    private static PartMessage Part(string id, int tries = 1) => new(new TakenDelivery { Body = Encoding.UTF8.GetBytes(id), ReceivedAt = default, Lane = "900", Number = "106", Tries = tries });

    private static string Id(PartMessage message) => Encoding.UTF8.GetString(message.Part.Body.Span);

    private void Bring(PartMessage message, InHand? into = null)
    {
        Begun((into ?? _inHand).Enter(new TakenMessage(message, _tag++), out var aside, out _));
        if (aside is { } later)
            _aside.Add(later.Message);
    }

    private void Begun(IReadOnlyList<TakenMessage> taken)
    {
        foreach (var (message, _) in taken)
        {
            _begun.Add(Id(message));
            _underWay.Add(message);
        }
    }

    private void EndAll(InHand? of = null)
    {
        foreach (var message in _underWay)
            (of ?? _inHand).Leave(message, isDone: true);
        _underWay.Clear();
    }

    private void Clear()
    {
        _begun.Clear();
        _aside.Clear();
        _underWay.Clear();
    }
}
