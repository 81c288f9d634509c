using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>
/// Lets one request at a time do something for a number, whatever node it is on. What comes of it is kept only if the number is still the one with
/// which it began: a connect in between starts a new generation.
/// </summary>
internal sealed class NumberTurns(NumberAuthority numbers, TimeProvider time)
{
    /// <summary>Takes the turn and makes a first change, both in one commit.</summary>
    /// <param name="number">The number as it was read.</param>
    /// <param name="step">The step, by its name.</param>
    /// <param name="prepare">The first change, run again from the newest state as in every write; null when there is nothing to do after all.</param>
    /// <returns>The number as it is now, or why the turn was not taken.</returns>
    public async Task<StepResult<PhoneNumber>> TakeAsync(PhoneNumber number, string step, Func<PhoneNumber, PhoneNumber?> prepare)
    {
        var now = time.GetUtcNow();
        var mine = new RunningStep { Id = Guid.NewGuid(), Step = step, StartedAt = now };
        var write = await numbers.WriteAsync(
            number.AccountId,
            account => account.Find(number.PhoneNumberId) is { } current && IsFree(current) && prepare(current) is { } prepared
                ? [prepared with { Running = mine }]
                : [],
            CancellationToken.None).ConfigureAwait(false);

        var after = write.After.Find(number.PhoneNumberId);
        return after switch
        {
            { Running: { } running } when running.Id == mine.Id => new StepResult<PhoneNumber>(after),
            { IsHeld: true, Running: { } running } when running.IsAlive(now) => new StepResult<PhoneNumber>(ErrorCodes.StepRunning),
            { IsHeld: true } when after.Generation == number.Generation => new StepResult<PhoneNumber>(ErrorCodes.StepNotOpen),
            _ => new StepResult<PhoneNumber>(ErrorCodes.NotConnected),
        };

        bool IsFree(PhoneNumber current) =>
            current.IsHeld && current.Generation == number.Generation && current.Running?.Id != mine.Id && current.Running?.IsAlive(now) != true;
    }

    /// <summary>Gives the turn back and makes the last change. Of a number that was disconnected meanwhile only what outlives that is changed.</summary>
    /// <returns>The number as it is now; as it was taken when it is gone.</returns>
    public async Task<PhoneNumber> EndAsync(PhoneNumber taken, Func<PhoneNumber, PhoneNumber> change)
    {
        var write = await numbers.WriteAsync(
            taken.AccountId,
            account => account.Find(taken.PhoneNumberId) is { Running: { } running } current && running.Id == taken.Running?.Id
                ? [Changed(current) with { Running = null }]
                : [],
            CancellationToken.None).ConfigureAwait(false);
        return write.After.Find(taken.PhoneNumberId) ?? taken;

        PhoneNumber Changed(PhoneNumber current)
        {
            if (current.Generation != taken.Generation)
                return current;
            var changed = change(current);
            return current.IsHeld ? changed : current with { Pins = changed.Pins, Syncs = changed.Syncs };
        }
    }
}
