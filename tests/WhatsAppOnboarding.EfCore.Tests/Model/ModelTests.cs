using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Tests.Hosts;

namespace WhatsAppOnboarding.EfCore.Tests.Model;

public class ModelTests
{
    [Fact]
    public void The_model_builds_without_any_services_as_at_design_time()
    {
        using var context = new SchemaContext(OnPostgreSql<SchemaContext>());

        var script = context.Database.GenerateCreateScript();

        foreach (var table in new[] { "WhatsAppAccounts", "WhatsAppPhoneNumbers", "WhatsAppConnectAttempts", "WhatsAppSetupLinks", "WhatsAppStartedAttempts", "WhatsAppMetaCalls", "WhatsAppWebhookItems" })
            script.ShouldContain($"CREATE TABLE whatsapp.\"{table}\"");
        script.ShouldContain("CREATE TABLE app.\"Accounts\"");
    }

    [Fact]
    public void Columns_are_of_the_kinds_that_the_documents_say()
    {
        using var context = new PlainContext(OnPostgreSql<PlainContext>());

        var script = context.Database.GenerateCreateScript();

        script.ShouldContain("\"AccountId\" character varying(200) NOT NULL");
        script.ShouldContain("\"PhoneNumberId\" character varying(32) NOT NULL");
        script.ShouldContain("\"State\" character varying(64) NOT NULL");
        script.ShouldContain("\"Token\" text,");
        script.ShouldContain("\"ConnectedAt\" timestamp with time zone NOT NULL");
        script.ShouldContain("\"Version\" bigint NOT NULL");
        script.ShouldContain("CREATE UNIQUE INDEX \"IX_WhatsAppConnectAttempts_StateHash\"");
        script.ShouldNotContain("HeldNumberId");
    }

    [Fact]
    public void A_convention_of_the_host_for_all_strings_times_and_enums_does_not_reach_our_columns()
    {
        using var filtered = new FilteredContext(OnPostgreSql<FilteredContext>());
        using var plain = new PlainContext(OnPostgreSql<PlainContext>());

        Ours(filtered).ShouldBe(Ours(plain));
    }

    [Fact]
    public void One_account_per_number_is_a_unique_column_of_its_own()
    {
        using var context = new RefusingContext(OnPostgreSql<RefusingContext>());

        context.Database.GenerateCreateScript().ShouldContain("CREATE UNIQUE INDEX \"IX_WhatsAppPhoneNumbers_HeldNumberId\"");
    }

    [Fact]
    public void A_collation_is_that_of_every_column_in_which_case_counts()
    {
        using var context = new CollatedContext(OnPostgreSql<CollatedContext>());

        var script = context.Database.GenerateCreateScript();

        script.Split('\n').Count(line => line.Contains("\"AccountId\" character varying(200) COLLATE \"C\" NOT NULL", StringComparison.Ordinal)).ShouldBe(7);
        script.ShouldContain("\"Item\" character varying(200) COLLATE \"C\" NOT NULL");
        script.Split("COLLATE").Length.ShouldBe(9);
    }

    private sealed class CollatedContext(DbContextOptions<CollatedContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddWhatsAppOnboarding(model => model.Collation("C"));
    }

    private static string[] Ours(DbContext context) =>
        [.. context.Database.GenerateCreateScript().Split(";").Where(statement => statement.Contains("\"WhatsApp", StringComparison.Ordinal)).Order()];

    private static DbContextOptions<TContext> OnPostgreSql<TContext>()
        where TContext : DbContext => new DbContextOptionsBuilder<TContext>().UseNpgsql("Host=127.0.0.1;Port=1").Options;
}
