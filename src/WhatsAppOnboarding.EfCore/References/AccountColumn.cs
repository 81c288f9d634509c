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
