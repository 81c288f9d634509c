using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Status;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>
/// What a person has done for a number: it is looked for among the account's own, then looked at at Meta, and the step is done if it is open; or its PIN is read. And the links that others are invited by.
/// </summary>
internal sealed partial class WhatsAppSetup(
    NumberAuthority numbers, NumberWork work, WabaSubscription subscription, NumberSteps steps, StatusReader status, MetaCalls budget,
    NumberSealing pins, IServiceProvider services, AccountEventDelivery events, TimeProvider time, ILogger<WhatsAppSetup> logger) : IWhatsAppSetup
{
    private static readonly TimeSpan MetaDeadline = TimeSpan.FromSeconds(30);

    /// <summary>Made where it is asked for: no step of a number needs it.</summary>
    private SetupLinks Links => ActivatorUtilities.CreateInstance<SetupLinks>(services);

    public async Task<StepOutcome> RunStepAsync(AccountId account, PhoneNumberId number, StepRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.MakesSense() || StepTable.Find(request.Step) is not { } step)
            return new StepOutcome { Step = request.Step, Code = ErrorCodes.BadRequest };

        var read = await numbers.ReadAsync(account, cancellationToken).ConfigureAwait(false);
        if (read.Find(number) is not { IsHeld: true } held)
            return new StepOutcome { Step = request.Step, Code = ErrorCodes.NotConnected };

        // Meta is not asked again and again for what is under way.
        var askedAt = time.GetUtcNow();
        using var deadline = new CancellationTokenSource(MetaDeadline, time);
        var code = held.Running?.IsAlive(askedAt) is true ? ErrorCodes.StepRunning : await RunAsync(held, step, request, deadline.Token).ConfigureAwait(false);
        if (code is ErrorCodes.TokenInvalid && (await numbers.RefuseAsync(held, askedAt).ConfigureAwait(false)).After.Events.Count > 0)
            await events.DeliverAsync(account).ConfigureAwait(false);
        var now = await status.ReadAsync(account, CancellationToken.None).ConfigureAwait(false);
        var id = number.ToString();
        return new StepOutcome
        {
            Step = request.Step,
            Code = code,
            Number = now.PhoneNumbers.FirstOrDefault(view => view.PhoneNumberId == id),
            Budget = await budget.ReadAsync(number, step, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false),
        };
    }

    public async Task<KeptPin?> ReadPinAsync(AccountId account, PhoneNumberId number, string? reader, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var write = await numbers.WriteAsync(
            account,
            read => read.Find(number) is { Pins: [{ } first, ..] } current && first.LastReadAt != now ? [current.PinRead(now, reader)] : [],
            cancellationToken).ConfigureAwait(false);
        if (write.After.Find(number) is not { Pins: [{ } newest, ..] } kept || pins.Open(kept, newest) is not { } pin)
            return null;

        LogPinRead(account.ToString(), number.ToString(), reader);
        await events.DeliverAsync(account).ConfigureAwait(false);
        return new KeptPin
        {
            Pin = pin,
            IsConfirmed = newest.ConfirmedAt is not null && !kept.IsOutdated(newest),
            StoredAt = newest.StoredAt,
            Earlier = [.. kept.Pins.Skip(1).Select(one => pins.Open(kept, one)).OfType<TwoStepPin>()],
        };
    }

    public Task<SetupLink> CreateLinkAsync(AccountId account, SetupLinkRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Links.CreateAsync(account, request, cancellationToken);
    }

    public Task<IReadOnlyList<SetupLink>> ListLinksAsync(AccountId account, CancellationToken cancellationToken) => Links.ListAsync(account, cancellationToken);

    public Task<SetupLink?> RevokeLinkAsync(AccountId account, Guid id, string? person, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Links.RevokeAsync(account, id, person);
    }

    /// <summary>Null when it is done, else why not.</summary>
    private async Task<string?> RunAsync(PhoneNumber held, StepRow step, StepRequest request, CancellationToken deadline)
    {
        if (work.TokenOf(held) is not { } token)
            return ErrorCodes.TokenUnreadable;
        if (step.Name is StepNames.Subscribe)
            return await subscription.SubscribeAsync(held, token, deadline).ConfigureAwait(false);

        var read = await work.ReadAsync(held, deadline).ConfigureAwait(false);
        if (!read.Succeeded)
            return read.Code;
        var (isOpen, code) = read.Value.Allows(step);
        if (!isOpen)
            return code;

        var number = read.Value.Number;
        var done = step.Name switch
        {
            StepNames.Register => steps.RegisterAsync(number, request.Pin, deadline),
            StepNames.RequestCode => steps.RequestCodeAsync(number, request.ByCall, request.Language, deadline),
            StepNames.VerifyCode => steps.VerifyCodeAsync(number, request.Code!, deadline),
            StepNames.SyncContacts or StepNames.SyncHistory => steps.SyncAsync(number, step.Name, deadline),
            _ => throw new InvalidOperationException($"The step {step.Name} can be asked for, and nothing does it."),
        };
        return (await done.ConfigureAwait(false)).Code;
    }

    [LoggerMessage(1260, LogLevel.Warning, "Account {Account}: the PIN of number {Number} was read by {Reader}")]
    private partial void LogPinRead(string account, string number, string? reader);
}
