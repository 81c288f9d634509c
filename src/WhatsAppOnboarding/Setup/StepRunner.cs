using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Status;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>The story of a request: find the number among the account's own, look at Meta, do the step if it is open, tell how the number stands.</summary>
internal sealed class StepRunner(
    NumberAuthority numbers, TokenProtection tokens, NumberReading reading, Registration registration, CodeVerification verification, CoexistenceSync sync,
    SubscribeStep subscribe, MetaCalls budget, StatusReader status, TimeProvider time)
{
    private static readonly TimeSpan MetaDeadline = TimeSpan.FromSeconds(30);

    public async Task<StepOutcome> RunAsync(AccountId account, PhoneNumberId number, StepRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!RequestedStep.Exists(request.Step) || (request.Step is RequestedStep.VerifyCode && !VerificationCode.IsValid(request.Code)))
            return new StepOutcome { Step = request.Step, Code = ErrorCodes.BadRequest };

        var read = await numbers.ReadAsync(account, cancellationToken).ConfigureAwait(false);
        if (read.Find(number) is not { IsHeld: true } held)
            return new StepOutcome { Step = request.Step, Code = ErrorCodes.NotConnected };

        using var deadline = new CancellationTokenSource(MetaDeadline, time);
        var code = tokens.OpenUsable(held) is { } token
            ? await RunAsync(held, token, request, deadline.Token).ConfigureAwait(false)
            : ErrorCodes.TokenUnreadable;
        var now = await status.ReadAsync(account, CancellationToken.None).ConfigureAwait(false);
        var id = number.ToString();
        return new StepOutcome
        {
            Step = request.Step,
            Code = code,
            Number = now.PhoneNumbers.FirstOrDefault(view => view.PhoneNumberId == id),
            Budget = await BudgetAsync(number, request.Step).ConfigureAwait(false),
        };
    }

    /// <summary>Null when it is done, else why not.</summary>
    private async Task<string?> RunAsync(PhoneNumber held, AccessToken token, StepRequest request, CancellationToken deadline)
    {
        if (request.Step is RequestedStep.Subscribe)
            return await subscribe.SubscribeAsync(held, token, deadline).ConfigureAwait(false);
        if (request.Step is RequestedStep.Override)
            return await subscribe.OverrideAsync(held, token, deadline).ConfigureAwait(false);

        var read = await reading.RunAsync(held, token, deadline).ConfigureAwait(false);
        if (!read.Succeeded)
            return read.Code;
        var number = read.Value.Number;
        return request.Step switch
        {
            RequestedStep.Register when StepGate.Register(held, read.Value) is { } gate =>
                gate.IsOpen ? (await registration.RunAsync(number, request.Pin, deadline).ConfigureAwait(false)).Code : gate.Code,
            RequestedStep.RequestCode when StepGate.Verify(held, read.Value) is { } gate =>
                gate.IsOpen ? (await verification.RequestAsync(number, request.Method, request.Language, deadline).ConfigureAwait(false)).Code : gate.Code,
            RequestedStep.VerifyCode when StepGate.Verify(held, read.Value) is { } gate =>
                gate.IsOpen ? (await verification.VerifyAsync(number, request.Code!, deadline).ConfigureAwait(false)).Code : gate.Code,
            _ => read.Value.IsConfirmedCoexistence ? (await sync.RunAsync(number, request.Step, deadline).ConfigureAwait(false)).Code : ErrorCodes.StepNotOpen,
        };
    }

    private async Task<StepBudget?> BudgetAsync(PhoneNumberId number, string step)
    {
        if (RequestedStep.LimitOf(step) is not { } limit)
            return null;
        var allowance = await budget.ReadAsync(number, limit, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        return new StepBudget { Used = allowance.Used, Limit = allowance.Limit, NextAt = allowance.NextAt };
    }
}
