using System.Diagnostics;
using System.Text;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Stores;

/// <summary>An intake, and what it hands over.</summary>
internal sealed class IntakeUnderCheck(IWebhookIntake intake, ObservedWork work, CancellationToken cancellationToken)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public ObservedWork Work => work;

    public Task<DeliveryAnswer> TakeAsync(params (string Waba, string Number, string Text)[] messages) => TakeAsync(Body(messages));

    public Task<DeliveryAnswer> TakeAsync(byte[] body) =>
        intake.TakeAsync(new TakenDelivery { Body = body, ReceivedAt = TimeProvider.System.GetUtcNow(), TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" }, cancellationToken);

    public static byte[] Body(params (string Waba, string Number, string Text)[] messages) => Encoding.UTF8.GetBytes($$"""{"entry":[{{string.Join(',', messages.Select(message =>
        $$$"""{"id":"{{{message.Waba}}}","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"{{{message.Number}}}"},"messages":[{"id":"wamid.{{{message.Text}}}","text":{"body":"{{{message.Text}}}"}}]}}]}"""))}}]}""");

    public IReadOnlyList<TakenDelivery> Of(string number) => [.. work.Worked.Where(delivery => delivery.Number == number)];

    /// <summary>Waits until so many were handed over of a number.</summary>
    public async Task<IReadOnlyList<TakenDelivery>> UntilAsync(string number, int count)
    {
        var began = Stopwatch.GetTimestamp();
        while (Of(number).Count < count)
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException($"expected {count} to be handed over within {Patience.TotalSeconds} seconds, but there were {Of(number).Count}");
            await Task.Delay(5, cancellationToken).ConfigureAwait(false);
        }

        return Of(number);
    }
}

internal static class IntakeRules
{
    public static IEnumerable<StoreRule<IntakeUnderCheck>> All =>
    [
        new("what is taken is handed over as it came, whatever becomes of the memory that it came in", WholeAsync),
        new("a delivery is answered before it is worked", AnsweredAsync),
        new("each part of a delivery is handed over once, by its lane and number", PartsAsync),
        new("what failed is handed over again within seconds, and what is done never", AgainAsync),
        new("what was postponed is handed over again", PostponedAsync),
        new("deliveries of one number are handed over in order of arrival", OrderAsync),
        new("a number that is stuck keeps no other waiting, however much is behind it", StuckAsync),
        new("what is empty is taken, and what is no JSON is an exception", OddAsync),
    ];

    private static async Task WholeAsync(IntakeUnderCheck intake)
    {
        var (waba, number) = (Waba(), Number());
        var body = IntakeUnderCheck.Body((waba, number, "whole"));
        var (sent, started) = (body.ToArray(), TimeProvider.System.GetUtcNow());
        Expect.That((await intake.TakeAsync(body).ConfigureAwait(false)).Status == 200, "it to be taken");
        Array.Clear(body);
        var came = (await intake.UntilAsync(number, 1).ConfigureAwait(false))[0];
        Expect.That(came.Body.Span.SequenceEqual(sent), "the very bytes");
        Expect.That(came.Lane == waba && came.Number == number && !came.IsNotice && came.Tries == 1, "its lane and number, and the first try");
        Expect.That((came.ReceivedAt - started).Duration() < TimeSpan.FromSeconds(1), "when it arrived");
        Expect.That(came.TraceParent is not null, "the trace");
    }

    private static async Task AnsweredAsync(IntakeUnderCheck intake)
    {
        var (waba, number) = (Waba(), Number());
        var end = new TaskCompletionSource<WorkResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        await WithAsync(intake, (delivery, _) => delivery.Number == number ? end.Task : Done, async () =>
        {
            Expect.That((await intake.TakeAsync((waba, number, "slow")).ConfigureAwait(false)).Status == 200, "it to be taken");
            await intake.UntilAsync(number, 1).ConfigureAwait(false);
            end.SetResult(WorkResult.Done);
        }).ConfigureAwait(false);
    }

    private static async Task PartsAsync(IntakeUnderCheck intake)
    {
        var (waba, one, two) = (Waba(), Number(), Number());
        await intake.TakeAsync((waba, one, "a"), (waba, two, "b"), (waba, one, "c")).ConfigureAwait(false);
        var first = (await intake.UntilAsync(one, 1).ConfigureAwait(false))[0];
        await intake.UntilAsync(two, 1).ConfigureAwait(false);
        var text = Encoding.UTF8.GetString(first.Body.Span);
        Expect.That(text.Contains("wamid.a", StringComparison.Ordinal) && text.Contains("wamid.c", StringComparison.Ordinal) && !text.Contains("wamid.b", StringComparison.Ordinal), "the changes of the number alone");
        await SettledAsync(intake, waba, () => intake.Of(one).Count == 1 && intake.Of(two).Count == 1, "each once").ConfigureAwait(false);
    }

    private static async Task AgainAsync(IntakeUnderCheck intake)
    {
        var (waba, number) = (Waba(), Number());
        await WithAsync(intake, (delivery, times) => Task.FromResult(delivery.Number == number && times == 1 ? WorkResult.Failed : WorkResult.Done), async () =>
        {
            var began = Stopwatch.GetTimestamp();
            await intake.TakeAsync((waba, number, "again")).ConfigureAwait(false);
            await intake.UntilAsync(number, 2).ConfigureAwait(false);
            Expect.That(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(6), "it again within seconds");
            await SettledAsync(intake, waba, () => intake.Of(number).Count == 2, "it no more once it was done").ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private static async Task PostponedAsync(IntakeUnderCheck intake)
    {
        var (waba, number) = (Waba(), Number());
        await WithAsync(intake, (delivery, times) => Task.FromResult(delivery.Number == number && times == 1 ? WorkResult.Postponed : WorkResult.Done), async () =>
        {
            await intake.TakeAsync((waba, number, "later")).ConfigureAwait(false);
            await intake.UntilAsync(number, 2).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private static async Task OrderAsync(IntakeUnderCheck intake)
    {
        const int Count = 200;
        var (waba, number) = (Waba(), Number());
        for (var index = 0; index < Count; index++)
            await intake.TakeAsync((waba, number, $"{index:D4}.")).ConfigureAwait(false);
        var came = await intake.UntilAsync(number, Count).ConfigureAwait(false);
        Expect.That(came.Select((delivery, index) => Encoding.UTF8.GetString(delivery.Body.Span).Contains($"wamid.{index:D4}.", StringComparison.Ordinal)).All(inOrder => inOrder), "them in order");
    }

    private static async Task StuckAsync(IntakeUnderCheck intake)
    {
        const int Behind = 1_000;
        var (stuck, waba, number) = (Number(), Waba(), Number());
        var end = new TaskCompletionSource<WorkResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        await WithAsync(intake, (delivery, _) => delivery.Number == stuck ? end.Task : Done, async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, Behind).Select(index => intake.TakeAsync((waba, stuck, $"stuck{index}")))).ConfigureAwait(false);
            var began = Stopwatch.GetTimestamp();
            await intake.TakeAsync((waba, number, "theirs")).ConfigureAwait(false);
            await intake.UntilAsync(number, 1).ConfigureAwait(false);
            Expect.That(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5), "the other number within seconds");
            end.SetResult(WorkResult.Done);
        }).ConfigureAwait(false);
        await intake.UntilAsync(stuck, Behind).ConfigureAwait(false);
    }

    private static async Task OddAsync(IntakeUnderCheck intake)
    {
        Expect.That((await intake.TakeAsync(Encoding.UTF8.GetBytes("{}")).ConfigureAwait(false)).Status == 200, "what is empty to be taken");
        await Expect.ThrowsAsync<System.Text.Json.JsonException>(() => intake.TakeAsync(Encoding.UTF8.GetBytes("{")), "it is no JSON").ConfigureAwait(false);
    }

    private static Task<WorkResult> Done => Task.FromResult(WorkResult.Done);

    private static string Waba() => Some.Waba().ToString();

    private static string Number() => Some.Number().ToString();

    /// <summary>Lets something else go all the way, by which what was there before would have come, too.</summary>
    private static async Task SettledAsync(IntakeUnderCheck intake, string waba, Func<bool> holds, string what)
    {
        var after = Number();
        await intake.TakeAsync((waba, after, "after")).ConfigureAwait(false);
        await intake.UntilAsync(after, 1).ConfigureAwait(false);
        Expect.That(holds(), what);
    }

    private static async Task WithAsync(IntakeUnderCheck intake, Func<TakenDelivery, int, Task<WorkResult>> then, Func<Task> check)
    {
        var before = intake.Work.Then;
        intake.Work.Then = then;
        try
        {
            await check().ConfigureAwait(false);
        }
        finally
        {
            intake.Work.Then = before;
        }
    }
}
