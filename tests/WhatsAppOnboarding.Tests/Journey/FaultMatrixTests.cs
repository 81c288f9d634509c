using System.Collections.Concurrent;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Tests.Journey;

/// <summary>
/// Every call to Meta of every story, gone wrong in every way: the story ends in one typed outcome, no promise is broken over it, and the next run repairs what is left.
/// The cells are generated from the calls that each story makes when all is well.
/// </summary>
public sealed class FaultMatrixTests
{
    private const int BenchesAtOnce = 4;

    /// <summary>Log events that say of a story that it broke off by an exception: an attempt, what follows its save, a round of upkeep, an undoing.</summary>
    private static readonly int[] BrokenOff = [1311, 1322, 1327, 1640, 1641];

    [Fact]
    public async Task Whatever_call_to_Meta_goes_wrong_in_whatever_way_ends_typed_breaks_no_promise_and_is_repaired_by_the_next_run()
    {
        var output = TestContext.Current.TestOutputHelper;
        var stories = new List<(FaultStory Story, string[] Operations)>();
        await using (var bench = await FaultBench.StartAsync())
        {
            foreach (var story in FaultStory.All)
                stories.Add((story, await WellAsync(bench, story)));
        }

        FaultCell[] cells = [.. stories.SelectMany(of => FaultCell.Of(of.Story, of.Operations))];
        var left = new ConcurrentQueue<FaultCell>(cells);
        var failures = new ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, BenchesAtOnce).Select(_ => Task.Run(() => WorkAsync(left, failures))));

        foreach (var (story, operations) in stories)
            output?.WriteLine($"{story.Name}: {cells.Count(cell => cell.Story == story)} cells of {string.Join(", ", operations)}");
        output?.WriteLine($"matrix: {cells.Length} cells, {stories.Count} stories, {stories.SelectMany(of => of.Operations).Distinct().Count()} operations");
        foreach (var failure in failures.Order(StringComparer.Ordinal))
            output?.WriteLine(failure);
        failures.Count.ShouldBe(0, "Some cells fail; the output lists them.");
        cells.Length.ShouldBeGreaterThan(500);
    }

    /// <summary>The story when nothing goes wrong: the operations that it calls.</summary>
    private static async Task<string[]> WellAsync(FaultBench bench, FaultStory story)
    {
        bench.Begin();
        await story.ArrangeAsync(bench);
        bench.Strike(null);
        await story.RunAsync(bench);
        string[] operations = [.. bench.Host.Meta.Calls.All.Select(call => call.Operation).Distinct().Order()];
        await CheckPromisesAsync(bench);
        await story.CheckWholeAsync(bench, null);
        await bench.EndAsync();
        return operations;
    }

    private static async Task WorkAsync(ConcurrentQueue<FaultCell> left, ConcurrentBag<string> failures)
    {
        var bench = await FaultBench.StartAsync();
        while (left.TryDequeue(out var cell))
        {
            try
            {
                await RunAsync(bench, cell);
            }
            catch (Exception exception) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                failures.Add($"{cell}: {string.Join(' ', exception.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))}");

                // What the cell left behind is no matter of the next one.
                await bench.DisposeAsync();
                bench = await FaultBench.StartAsync();
            }
        }

        await bench.DisposeAsync();
    }

    private static async Task RunAsync(FaultBench bench, FaultCell cell)
    {
        bench.Begin();
        await cell.Story.ArrangeAsync(bench);
        bench.Strike(cell);
        await bench.DriveAsync(cell.Story.RunAsync(bench));
        bench.Struck.ShouldContain(cell.Operation);
        bench.Mend();
        await CheckPromisesAsync(bench);

        await cell.Story.RepairAsync(bench, cell);
        await CheckPromisesAsync(bench);
        await cell.Story.CheckWholeAsync(bench, cell);
        await bench.EndAsync();
    }

    /// <summary>What must be true whatever happened.</summary>
    private static async Task CheckPromisesAsync(FaultBench bench)
    {
        var account = await bench.ReadAsync();
        foreach (var attempt in bench.Attempts)
        {
            var outcome = attempt.Outcome.ShouldNotBeNull("An attempt has no end.");
            (AttemptView.IsGood(outcome) || ErrorCatalogue.All.Any(text => text.Code == outcome)).ShouldBeTrue($"{outcome} is no outcome.");
            outcome.ShouldNotBeOneOf(ErrorCodes.Interrupted, ErrorCodes.SaveFailed, ErrorCodes.ServiceUnavailable);
            if (!AttemptView.IsSaved(outcome))
                account.OfGeneration(attempt.Generation).Count(number => number.IsHeld).ShouldBe(0, $"An attempt that ended as {outcome} connected numbers.");
        }

        if (bench.Attempts.Where(attempt => AttemptView.IsSaved(attempt.Outcome)).MaxBy(attempt => attempt.ClaimedAt) is { } newest)
            account.OfGeneration(newest.Generation).Length.ShouldBe(newest.PhoneCount, "An attempt connected some numbers and others not.");
        var status = await bench.StatusAsync();
        foreach (var view in status.PhoneNumbers.Where(view => view.Connected))
        {
            var number = account.Find(PhoneNumberId.Parse(view.PhoneNumberId))!;
            (number is { IsHeld: true, Token: not null, Evidence: { TokenInspectedAt: not null, ListedAt: not null, SubscribedAt: not null, IsRefused: false } }
                && !number.IsOpen(StepNames.Register) && !number.IsOpen(StepNames.Subscribe)).ShouldBeTrue("A number is called connected without evidence.");
        }

        (await bench.Host.UseAsync<IWhatsAppOperator, IReadOnlyList<Finding>>(operations => operations.ReconcileAsync(bench.AccountId, asksMeta: false)))
            .Select(finding => finding.Code).ShouldBeEmpty();
        var calls = bench.Host.Meta.Calls;
        calls.Of(GraphOperations.Register).GroupBy(call => call.Path).ShouldAllBe(of => of.Count() == 1, "A number was registered twice.");
        calls.Of(GraphOperations.SyncAppData).GroupBy(call => call.Path).ShouldAllBe(of => of.Count() <= 2, "Contacts or history were asked for twice.");
        calls.Of(GraphOperations.ExchangeCode).Count.ShouldBeLessThanOrEqualTo(bench.Attempts.Length, "A code was exchanged twice.");
        bench.Host.Logs.Lines.Where(line => BrokenOff.Contains(line.EventId) && line.Category.StartsWith("WhatsAppOnboarding", StringComparison.Ordinal)).Select(line => line.Text).ShouldBeEmpty();
        string[] tokens = [.. bench.Tokens.Select(token => token.Value)];
        bench.Host.Logs.Lines.Any(line => tokens.Any(token => line.Text.Contains(token, StringComparison.Ordinal))).ShouldBeFalse("A token stands in the log.");
    }
}
