using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// After the save: registers the numbers that are definitely not registered, and asks for the app's data of those that stay in the WhatsApp Business app.
/// What has to be done is part of the save, so that what is not done in time, or by a process that died, stays an open step.
/// </summary>
internal sealed class NumberFinishing(NumberSteps steps, NumberWork work, NumberAuthority numbers)
{
    private const int NumbersAtOnce = 8;

    /// <param name="run">The attempt.</param>
    /// <param name="account">The account as it was saved.</param>
    /// <returns>The account as it is then; null when there was nothing to do.</returns>
    public async Task<AccountPhoneNumbers?> RunAsync(ConnectRun run, AccountPhoneNumbers account)
    {
        PhoneNumber[] unfinished = [.. account.OfGeneration(run.Attempt.Generation).Where(number => number.IsHeld && PendingOf(number).Length > 0)];
        if (unfinished.Length == 0)
            return null;

        await Parallel.ForEachAsync(
            unfinished,
            new ParallelOptions { MaxDegreeOfParallelism = NumbersAtOnce },
            async (number, _) => await FinishAsync(run, number).ConfigureAwait(false)).ConfigureAwait(false);
        return await numbers.ReadAsync(run.Account, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>The number with what is to be done for it, as far as that is not open already.</summary>
    /// <param name="number">The number as the grant connects it.</param>
    /// <param name="coexistence">Whether the popup ended as a signup of the WhatsApp Business app. A hint: it keeps from registering and proves nothing.</param>
    /// <param name="now">Since when it is open.</param>
    public static PhoneNumber Marked(PhoneNumber number, bool coexistence, DateTimeOffset now) =>
        ToDo(number, coexistence, now).Where(step => !number.IsOpen(step.Step)).Aggregate(number, (marked, step) => marked.WithOpenStep(step));

    /// <summary>What was never tried. Of a sync that was asked for before nobody may ask again.</summary>
    private static string[] PendingOf(PhoneNumber number) =>
    [
        .. number.OpenSteps
            .Where(open => open.Code is ErrorCodes.Pending && (open.Step == StepNames.Register || NumberSteps.Syncs.Contains(open.Step)))
            .Select(open => open.Step)
            .Where(step => number.Syncs.All(sync => sync.Step != step)),
    ];

    private static IEnumerable<OpenStep> ToDo(PhoneNumber number, bool coexistence, DateTimeOffset now) => RegistrationDecisions.Of(number, coexistence) switch
    {
        RegistrationDecision.Register => [new OpenStep { Step = StepNames.Register, Code = ErrorCodes.Pending, Since = now }],
        RegistrationDecision.CodeNeeded => [new OpenStep { Step = StepNames.Verify, Code = ErrorCodes.CodeNeeded, Since = now }],
        RegistrationDecision.AskPerson => [new OpenStep { Step = StepNames.Register, Code = RegistrationDecisions.WhyAsk(number), Since = now }],
        RegistrationDecision.OnBusinessApp when number.IsOnBizApp is not false =>
            NumberSteps.Syncs.Where(step => number.Syncs.All(sync => sync.Step != step)).Select(step => new OpenStep { Step = step, Code = ErrorCodes.Pending, Since = now }),
        _ => [],
    };

    private async Task FinishAsync(ConnectRun run, PhoneNumber number)
    {
        var pending = PendingOf(number);
        if (pending.Contains(StepNames.Register))
            await StepAsync(run, number, StepNames.Register, deadline => steps.RegisterAsync(number, null, deadline)).ConfigureAwait(false);

        string[] syncs = [.. NumberSteps.Syncs.Where(pending.Contains)];
        var confirmed = syncs.Length == 0 || NumberSteps.IsConfirmedCoexistence(number) ? number : await ConfirmAsync(run, number).ConfigureAwait(false);
        foreach (var step in syncs)
        {
            if (NumberSteps.IsConfirmedCoexistence(confirmed))
                await StepAsync(run, confirmed, step, deadline => steps.SyncAsync(confirmed, step, deadline)).ConfigureAwait(false);
        }
    }

    /// <summary>Meta may need a moment to say of a number that it stays in the app: one more look, then it is the person's turn.</summary>
    private async Task<PhoneNumber> ConfirmAsync(ConnectRun run, PhoneNumber number)
    {
        var read = await work.ReadAsync(number, run.Deadline).ConfigureAwait(false);
        return read.Value?.Number ?? number;
    }

    private static Task<StepResult<PhoneNumber>> StepAsync(ConnectRun run, PhoneNumber number, string step, Func<CancellationToken, Task<StepResult<PhoneNumber>>> deed) =>
        run.Journal.RunAsync(step, number.WabaId, deed, run.Deadline);
}
