using WhatsAppOnboarding.EfCore.References;

namespace WhatsAppOnboarding.EfCore.ModelCheck;

/// <summary>What is missing, each with the line that cures it.</summary>
internal static class MissingLine
{
    private const string Options = "\"SharedNumbers\": \"Refuse\" in the configuration section WhatsAppOnboarding";

    public static string Stores(AccountColumn column) =>
        $"SyncAccountReference<{column.Entity.Name}>() needs the stores of Entity Framework. "
        + "Add to it: .AddEntityFrameworkStores<YourDbContext>()";

    public static string Context(Type context) =>
        $"AddEntityFrameworkStores<{context.Name}>() needs {context.Name} in the services. "
        + $"Add: builder.Services.AddDbContext<{context.Name}>(options => …);";

    public static string Model(Type context, SharedNumbersPolicy policy) =>
        $"{context.Name} does not have the library's tables. Add to {context.Name}.OnModelCreating: "
        + (policy is SharedNumbersPolicy.Refuse ? OneAccountLine : "modelBuilder.AddWhatsAppOnboarding();");

    public static string OneAccountPerNumber(Type context) =>
        $"SharedNumbers is Refuse, but the model of {context.Name} would let two accounts hold one number. "
        + $"Write in {context.Name}.OnModelCreating: {OneAccountLine} (and add a migration), or take out {Options}";

    public static string Refuse(Type context) =>
        $"The model of {context.Name} has OneAccountPerNumber(), but SharedNumbers is Allow. Add {Options}, or take OneAccountPerNumber() out of the model";

    public static string Entity(Type context, AccountColumn column) =>
        $"SyncAccountReference<{column.Entity.Name}>() names an entity that {context.Name} does not have. "
        + $"Add to {context.Name}: public DbSet<{column.Entity.Name}> {column.Entity.Name}s => Set<{column.Entity.Name}>();";

    public static string Property(AccountColumn column, string property) =>
        $"SyncAccountReference<{column.Entity.Name}>() names {column.Entity.Name}.{property}, which is not mapped to a column. "
        + $"Add to OnModelCreating: modelBuilder.Entity<{column.Entity.Name}>().Property(account => account.{property});";

    private const string OneAccountLine = "modelBuilder.AddWhatsAppOnboarding(model => model.OneAccountPerNumber());";
}
