using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace WhatsAppOnboarding.EfCore.Tests.Hosts;

public enum HostKind
{
    Plain,
    Refusing,
    Identity,
    Filtered,
    Pooled,
    Schema,
    Bare,
    LazyLoading,
}

internal static class HostKinds
{
    /// <summary>Registers the context each in its own way, and the copy.</summary>
    public static WhatsAppOnboardingBuilder AddStores(this WhatsAppOnboardingBuilder builder, HostKind kind, Action<DbContextOptionsBuilder> options)
    {
        var services = builder.Services;
        switch (kind)
        {
            case HostKind.Refusing:
                services.AddDbContext<RefusingContext>(options);
                return builder.AddEntityFrameworkStores<RefusingContext>().SyncAccountReference<TextAccount>(row => row.Id, row => row.WabaId);
            case HostKind.Identity:
                services.AddDbContext<IdentityContext>(options);
                return builder.AddEntityFrameworkStores<IdentityContext>().SyncAccountReference<HostUser>(row => row.AccountId, row => row.WabaId);
            case HostKind.Filtered:
                services.AddDbContextFactory<FilteredContext>(options);
                return builder.AddEntityFrameworkStores<FilteredContext>().SyncAccountReference<GuidAccount>(row => row.Id, row => row.WabaId);
            case HostKind.Pooled:
                services.AddDbContextPool<PooledContext>(options);
                return builder.SyncAccountReference<IntAccount>(row => row.Id, row => row.WabaId).AddEntityFrameworkStores<PooledContext>();
            case HostKind.Schema:
                services.AddPooledDbContextFactory<SchemaContext>(options);
                return builder.AddEntityFrameworkStores<SchemaContext>().SyncAccountReference<LongAccount>(row => row.Id, row => row.WabaId);
            case HostKind.Bare:
                services.AddDbContext<PlainContext>(options);
                return builder.AddEntityFrameworkStores<PlainContext>();
            case HostKind.LazyLoading:
                services.AddDbContext<PlainContext>(context => options(context.UseLazyLoadingProxies()));
                return builder.AddEntityFrameworkStores<PlainContext>().SyncAccountReference<TextAccount>(row => row.Id, row => row.WabaId);
            default:
                services.AddDbContext<PlainContext>(options);
                return builder.AddEntityFrameworkStores<PlainContext>().SyncAccountReference<TextAccount>(row => row.Id, row => row.WabaId);
        }
    }

    public static (object Row, AccountId Id) NewAccount(this HostKind kind)
    {
        var number = RandomNumberGenerator.GetInt32(int.MaxValue);
        var text = $"tenant {number}";
        var guid = Guid.NewGuid();
        return kind switch
        {
            HostKind.Identity => (new HostUser { UserName = text, AccountId = text }, AccountId.Parse(text)),
            HostKind.Filtered => (new GuidAccount { Id = guid }, AccountId.Parse(guid.ToString())),
            HostKind.Pooled => (new IntAccount { Id = number }, AccountId.Parse(number.ToString(CultureInfo.InvariantCulture))),
            HostKind.Schema => (new LongAccount { Id = -number }, AccountId.Parse((-number).ToString(CultureInfo.InvariantCulture))),
            _ => (new TextAccount { Id = text }, AccountId.Parse(text)),
        };
    }
}
