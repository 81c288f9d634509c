using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Stores;

/// <summary>
/// Counts by inserting first and counting afterwards: of two that meet at the limit each sees the other, so never more than the limit are granted,
/// without a transaction and without a lock.
/// </summary>
internal sealed class EfNumberBudget(IServiceScopeFactory scopes) : INumberBudget
{
    public async Task<NumberAllowance> TakeAsync(PhoneNumberId number, NumberCallLimit limit, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            // Whoever asks without a hope leaves no trace, so that asking does not keep others away.
            var before = await CallsAsync(scope, number, limit, at, cancellationToken).ConfigureAwait(false);
            if (before.Count >= limit.Limit)
                return NumberAllowance.Of(limit, before, false);

            var mine = new NumberCallRow { Id = Guid.NewGuid(), PhoneNumberId = number.ToString(), Kind = limit.Kind, At = UtcTime.Cut(at) };
            scope.Context.Add(mine);
            await scope.Context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);

            var calls = await CallsAsync(scope, number, limit, at, CancellationToken.None).ConfigureAwait(false);
            if (calls.Count <= limit.Limit)
                return NumberAllowance.Of(limit, calls, true);

            scope.Context.Remove(mine);
            await scope.Context.SaveChangesAsync(CancellationToken.None).ConfigureAwait(false);
            return NumberAllowance.Of(limit, [.. calls.Order().Take(limit.Limit)], false);
        }
    }

    public async Task<NumberAllowance> ReadAsync(PhoneNumberId number, NumberCallLimit limit, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
            return NumberAllowance.Of(limit, await CallsAsync(scope, number, limit, at, cancellationToken).ConfigureAwait(false), null);
    }

    public async Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var earliestKept = UtcTime.Cut(before);
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
            return await scope.NumberCalls.Where(row => row.At < earliestKept).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<List<DateTimeOffset>> CallsAsync(
        StoreScope scope, PhoneNumberId number, NumberCallLimit limit, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var id = number.ToString();
        var kind = limit.Kind;
        var earliest = UtcTime.Cut(at - limit.Window);
        return await scope.NumberCalls.Where(row => row.PhoneNumberId == id && row.Kind == kind && row.At > earliest)
            .Select(row => row.At).ToListAsync(cancellationToken).ConfigureAwait(false);
    }
}
