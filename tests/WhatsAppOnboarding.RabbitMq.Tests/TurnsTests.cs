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
        _inHand.Overdue().ShouldBeEmpty();
        _time.Advance(TimeSpan.FromSeconds(2));

        _inHand.Overdue().Select(one => Id(one.Message)).ShouldBe(All.Skip(before + 1).Take(10));
    }

    private static PartMessage Part(string id) => new(new TakenDelivery { Body = Encoding.UTF8.GetBytes(id), ReceivedAt = default, Lane = "900", Number = "106" });

    private static string Id(PartMessage message) => Encoding.UTF8.GetString(message.Part.Body.Span);

    private void Bring(PartMessage message)
    {
        var taken = _inHand.Enter(new TakenMessage(message, _tag++), out var aside, out _);
        foreach (var (begun, _) in taken)
        {
            _begun.Add(Id(begun));
            _underWay.Add(begun);
        }

        if (aside is not null)
            _aside.Add(aside);
    }

    private void EndAll()
    {
        foreach (var message in _underWay)
            _inHand.Leave(message, isDone: true);
        _underWay.Clear();
    }
}
