using System.Globalization;
using System.Linq.Expressions;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.References;

/// <summary>Where the host wants a copy of the reference: an entity, the property that holds the account's id, and the one that takes the copy.</summary>
internal abstract record AccountColumn(Type Entity, string KeyProperty, string CopyProperty)
{
    public abstract IAccountWabaReferenceSync CreateSync(IServiceProvider services);
}

internal sealed record AccountColumn<TAccount, TKey>(string KeyProperty, string CopyProperty, AccountKey<TKey> Key)
    : AccountColumn(typeof(TAccount), KeyProperty, CopyProperty)
    where TAccount : class
{
    public static AccountColumn<TAccount, TKey> From(
        Expression<Func<TAccount, TKey>> key, Expression<Func<TAccount, string?>> wabaId, AccountKey<TKey> kind) =>
        new(PropertyOf(key), PropertyOf(wabaId), kind);

    public override IAccountWabaReferenceSync CreateSync(IServiceProvider services) => new AccountColumnSync<TAccount, TKey>(this, services);

    private static string PropertyOf(LambdaExpression expression) =>
        expression.Body is MemberExpression { Expression: ParameterExpression } member
            ? member.Member.Name
            : throw new ArgumentException(
                $"SyncAccountReference<{typeof(TAccount).Name}> takes properties of the account itself, such as account => account.WabaId, not '{expression}'.");
}

/// <summary>How the text of an account id becomes the key of the host's account; false when it is none.</summary>
internal delegate bool AccountKey<TKey>(string text, out TKey key);

internal static class AccountKeys
{
    public static bool Text(string text, out string key)
    {
        key = text;
        return true;
    }

    // One way to write a key: else "7" and "07", or a Guid in capitals, would be two accounts of ours with one row of the host's.
    public static bool Guid(string text, out Guid key) => System.Guid.TryParse(text, out key) && text == key.ToString();

    public static bool Int(string text, out int key) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out key) && text == key.ToString(CultureInfo.InvariantCulture);

    public static bool Long(string text, out long key) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out key) && text == key.ToString(CultureInfo.InvariantCulture);
}
