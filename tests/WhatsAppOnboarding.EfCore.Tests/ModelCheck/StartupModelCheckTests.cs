using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WhatsAppOnboarding.EfCore.ModelCheck;
using WhatsAppOnboarding.EfCore.Tests.Hosts;

namespace WhatsAppOnboarding.EfCore.Tests.ModelCheck;

public class StartupModelCheckTests
{
    [Fact]
    public Task A_whole_registration_starts_without_asking_the_database() => StartAsync(builder =>
        Contexts<PlainContext>(builder).AddEntityFrameworkStores<PlainContext>().SyncAccountReference<TextAccount>(row => row.Id, row => row.WabaId));

    [Fact]
    public Task A_model_without_our_tables_is_told_its_line() => RefusesAsync(
        builder => Contexts<EmptyContext>(builder).AddEntityFrameworkStores<EmptyContext>(),
        "Add to EmptyContext.OnModelCreating: modelBuilder.AddWhatsAppOnboarding();");

    [Fact]
    public Task A_copy_without_stores_is_told_its_line() => RefusesAsync(
        builder => builder.SyncAccountReference<TextAccount>(row => row.Id, row => row.WabaId),
        ".AddEntityFrameworkStores<YourDbContext>()");

    [Fact]
    public Task A_context_that_nobody_registered_is_told_its_line() => RefusesAsync(
        builder => builder.AddEntityFrameworkStores<PlainContext>(),
        "builder.Services.AddDbContext<PlainContext>(");

    [Fact]
    public Task Refusing_shared_numbers_needs_the_model_to_do_so() => RefusesAsync(
        builder => Contexts<PlainContext>(builder).AddEntityFrameworkStores<PlainContext>(),
        "modelBuilder.AddWhatsAppOnboarding(model => model.OneAccountPerNumber());",
        sharedNumbers: "Refuse");

    [Fact]
    public Task A_model_that_refuses_needs_the_policy_to_say_so() => RefusesAsync(
        builder => Contexts<RefusingContext>(builder).AddEntityFrameworkStores<RefusingContext>(),
        "\"SharedNumbers\": \"Refuse\"");

    [Fact]
    public Task Everything_that_is_missing_is_told_at_once() => RefusesAsync(
        builder => Contexts<EmptyContext>(builder).AddEntityFrameworkStores<EmptyContext>()
            .SyncAccountReference<TextAccount>(row => row.Id, row => row.WabaId)
            .SyncAccountReference<HalfAccount>(row => row.Id, row => row.WabaId),
        "modelBuilder.AddWhatsAppOnboarding();",
        "public DbSet<TextAccount> TextAccounts => Set<TextAccount>();",
        "HalfAccount.WabaId, which is not mapped");

    [Fact]
    public async Task A_host_that_lacks_a_line_does_not_start()
    {
        var host = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = Environments.Development });
        Contexts<EmptyContext>(host.Services.AddWhatsAppOnboarding(HostServices.Configuration())).AddEntityFrameworkStores<EmptyContext>();

        host.Services.ShouldContain(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(StartupModelCheck));
        host.Services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType != typeof(StartupModelCheck)).ToList()
            .ForEach(service => host.Services.Remove(service));
        using var app = host.Build();
        (await Should.ThrowAsync<InvalidOperationException>(() => app.StartAsync())).Message.ShouldContain("cannot start");
    }

    private static WhatsAppOnboardingBuilder Contexts<TContext>(WhatsAppOnboardingBuilder builder)
        where TContext : DbContext
    {
        // Nothing listens there: a check that asked the database would fail.
        builder.Services.AddDbContext<TContext>(options => options.UseNpgsql("Host=127.0.0.1;Port=1;Timeout=1"));
        return builder;
    }

    private static async Task StartAsync(Action<WhatsAppOnboardingBuilder> register, string sharedNumbers = "Allow")
    {
        var configuration = HostServices.Configuration(sharedNumbers);
        var services = HostServices.Create();
        register(services.AddWhatsAppOnboarding(configuration));
        await using var provider = services.BuildServiceProvider(validateScopes: true);
        await ActivatorUtilities.CreateInstance<StartupModelCheck>(provider).StartingAsync(TestContext.Current.CancellationToken);
    }

    private static async Task RefusesAsync(Action<WhatsAppOnboardingBuilder> register, params string[] lines)
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(register));
        foreach (var line in lines)
            failure.Message.ShouldContain(line);
        failure.Message.Split("\n- ").Length.ShouldBe(lines.Length + 1);
    }

    private static async Task RefusesAsync(Action<WhatsAppOnboardingBuilder> register, string line, string sharedNumbers)
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(register, sharedNumbers));
        failure.Message.ShouldContain(line);
    }

    private sealed class EmptyContext(DbContextOptions<EmptyContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<HalfAccount>().Ignore(row => row.WabaId);
    }

    private sealed class HalfAccount
    {
        public string Id { get; set; } = "";

        public string? WabaId { get; set; }
    }
}
