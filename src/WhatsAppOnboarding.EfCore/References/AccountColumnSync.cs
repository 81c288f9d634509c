using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.EfCore.Stores;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.References;

/// <summary>Stages the copy in the host's own account row, on the same context that saves the numbers.</summary>
internal sealed class AccountColumnSync<TAccount, TKey>(AccountColumn<TAccount, TKey> column, IServiceProvider services) : IAccountWabaReferenceSync
    where TAccount : class
{
    public async Task StageAsync(AccountWabaReference reference, CancellationToken cancellationToken)
    {
        var context = services.GetRequiredService<StoreContext>().Value;
        var isKey = column.Key(reference.AccountId.ToString(), out var key);
        if (!isKey && reference.WabaId is null)
            return;
        if (!isKey)
            throw new InvalidOperationException($"{NoRow(reference.AccountId)}, because it is no {typeof(TKey).Name}. {Cure()}");

        var accounts = await Rows(context, key).IgnoreAutoIncludes().AsTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        if (accounts.Count == 0 && reference.WabaId is null)
            return;
        if (accounts.Count == 0)
            throw new InvalidOperationException($"{NoRow(reference.AccountId)}. {Cure()}");

        foreach (var account in accounts)
        {
            // Marked even when it looks the same: what we read may be older than what another writer has saved since.
            var copy = context.Entry(account).Property<string?>(column.CopyProperty);
            copy.CurrentValue = reference.WabaId?.ToString();
            copy.IsModified = true;
        }
    }

    public async Task<IReadOnlyList<WabaId?>> ReadCopiesAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (!column.Key(account.ToString(), out var key))
            return [];

        var name = column.CopyProperty;
        var copies = await Rows(services.GetRequiredService<StoreContext>().Value, key).Select(row => EF.Property<string?>(row, name))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. copies.Select(copy => WabaId.TryParse(copy, out var id) ? id : (WabaId?)null)];
    }

    private IQueryable<TAccount> Rows(DbContext context, TKey key)
    {
        var name = column.KeyProperty;
        return context.Set<TAccount>().IgnoreQueryFilters().Where(row => EF.Property<TKey>(row, name)!.Equals(key));
    }

    private static string NoRow(AccountId account) => $"The account '{account}' has no row of {typeof(TAccount).Name}";

    private string Cure()
    {
        var claim = services.GetRequiredService<IOptions<WhatsAppOnboardingOptions>>().Value.AccountClaimType;
        return $"The claim '{claim}' of the signed-in person must hold the value of {typeof(TAccount).Name}.{column.KeyProperty}: "
            + $"issue that claim at sign-in, or name the right claim in {nameof(WhatsAppOnboardingOptions.AccountClaimType)}. Nothing was saved.";
    }
}
