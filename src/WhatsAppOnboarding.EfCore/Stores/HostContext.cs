using Microsoft.EntityFrameworkCore;

namespace WhatsAppOnboarding.EfCore.Stores;

/// <summary>The host's own context of this scope, for parts that need not know its type. Registered scoped.</summary>
internal sealed class HostContext(DbContext context)
{
    public DbContext Value { get; } = context;
}

/// <summary>Says which context the host chose. Registered once; the start-up check reads it.</summary>
internal sealed record HostContextType(Type Type);
