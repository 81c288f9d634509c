using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Disconnect;

/// <summary>
/// Deregisters a disconnected number at Meta, where somebody ordered that: once. It is written down before it is done, counted with the registrations, because Meta has
/// one limit for both, and looked at first, so that no number is taken from the WhatsApp Business app or from another account.
/// </summary>
internal sealed partial class Deregistration(
    NumberAuthority numbers, IGraphClient graph, NumberSealing protection, MetaCalls calls, TimeProvider time, ILogger<Deregistration> logger)
{
    /// <summary>Nothing is begun after the deadline; what is to be done then stays so, and upkeep does it.</summary>
    public async Task RunAsync(PhoneNumber leaving, CancellationToken deadline)
    {
        if (deadline.IsCancellationRequested || protection.Open(leaving) is not { } token)
            return;
        var mine = new RunningStep { Id = Guid.NewGuid(), Step = StepNames.Deregister, StartedAt = time.GetUtcNow() };
        var begun = await numbers.WriteAsync(
            leaving.AccountId,
            account => account.Find(leaving.PhoneNumberId) is { } current && current.Generation == leaving.Generation && current.IsToDeregister()
                && current.Running?.IsAlive(mine.StartedAt) is not true ? [current.Deregistering(mine)] : [],
            CancellationToken.None).ConfigureAwait(false);
        if (begun.After.Find(leaving.PhoneNumberId) is not { Running: { } running } || running.Id != mine.Id)
            return;

        var sent = await SendAsync(leaving, token, deadline).ConfigureAwait(false);
        LogDeregistered(leaving.AccountId.ToString(), leaving.PhoneNumberId.ToString(), sent.Code ?? "ok");
        var open = sent.Succeeded ? null : sent.ToOpenStep(StepNames.Deregister, time.GetUtcNow());
        await numbers.WriteAsync(
            leaving.AccountId,
            account => account.Find(leaving.PhoneNumberId) is { Running: { } own } current && own.Id == mine.Id
                ? [current.IsHeld ? current with { Running = null } : current.Deregistered(open)]
                : [],
            CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<StepResult<GraphDone>> SendAsync(PhoneNumber leaving, AccessToken token, CancellationToken deadline)
    {
        if ((await numbers.FindHeldAsync([leaving.PhoneNumberId], CancellationToken.None).ConfigureAwait(false)).Count > 0)
            return new StepResult<GraphDone>(ErrorCodes.NumberShared);
        var read = await graph.RunAsync(NumberCalls.ReadNumber(token, leaving.PhoneNumberId), deadline).ConfigureAwait(false);
        if (!read.Succeeded)
            return new StepResult<GraphDone>(read.Code, read.Error);
        if (read.Value.IsOnBizApp is true)
            return new StepResult<GraphDone>(ErrorCodes.OnBusinessApp);
        if (read.Value.PlatformType == PlatformType.NotApplicable)
            return new StepResult<GraphDone>(new GraphDone());
        if (!await calls.TakeAsync(leaving.PhoneNumberId, StepTable.Register, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false))
            return new StepResult<GraphDone>(ErrorCodes.RegisterLimit);
        var sent = await graph.RunAsync(NumberCalls.Deregister(token, leaving.PhoneNumberId), deadline).ConfigureAwait(false);
        await CheckSoonAsync(leaving.PhoneNumberId).ConfigureAwait(false);
        return sent.Code is ErrorCodes.NotRegistered ? new StepResult<GraphDone>(new GraphDone()) : sent;
    }

    /// <summary>Who connected the number while it was deregistered is looked at soon, and learns of it.</summary>
    private async Task CheckSoonAsync(PhoneNumberId number)
    {
        var now = time.GetUtcNow();
        foreach (var holder in await numbers.FindHeldAsync([number], CancellationToken.None).ConfigureAwait(false))
        {
            await numbers.WriteAsync(
                holder.AccountId,
                account => account.Find(number) is { IsHeld: true } current ? [current.CheckDueAt(now)] : [],
                CancellationToken.None).ConfigureAwait(false);
        }
    }

    [LoggerMessage(1402, LogLevel.Information, "Account {Account}: number {Number} was to be deregistered: {Result}")]
    private partial void LogDeregistered(string account, string number, string result);
}
