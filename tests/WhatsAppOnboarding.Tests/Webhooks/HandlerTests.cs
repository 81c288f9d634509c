using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Webhooks;

/// <summary>How the host's handlers are built, and what they may know of whom they are called for.</summary>
public sealed class HandlerTests
{
    [Fact]
    public async Task Each_handler_is_built_once_for_an_event_and_no_other_with_it()
    {
        var (host, waba, number) = await StartAsync(library => library.AddWebhookHandler<First>().AddWebhookHandler<Second>().AddWebhookHandler<First>());
        await using var _ = host;
        using var client = host.OpenApi(null);

        (await client.DeliverAsync(host, SignedPost.Text(waba.Id, number.Id, "Hi"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        host.App.Services.GetRequiredService<Built>().Names.ShouldBe(["First", "Second"]);
    }

    [Fact]
    public async Task Whatever_a_handler_needs_knows_the_account_before_it_is_built()
    {
        var (host, waba, number) = await StartAsync(library => library.AddWebhookHandler<First>().AddAccountEventHandler<Listener>());
        await using var _ = host;
        using var client = host.OpenApi(null);
        await host.ConnectAsync("birch");
        await client.DeliverAsync(host, SignedPost.Text(waba.Id, number.Id, "Hi"));
        await client.DeliverAsync(host, SignedPost.Change(waba.Id, "account_update", """{"event":"AD_ACCOUNT_LINKED"}"""));

        var seen = host.App.Services.GetRequiredService<Built>().Tenants;
        seen.ShouldContain(("acme", waba.Id, number.Id), "a message");
        seen.ShouldContain(("birch", waba.Id, number.Id), "the same message for the other account");
        seen.ShouldContain(("acme", waba.Id, null), "what is about the WABA");
        seen.ShouldContain(("birch", null, number.Id), "an account event");
        seen.ShouldAllBe(one => one.Account != null);
    }

    [Fact]
    public async Task Outside_of_a_handler_there_is_no_account()
    {
        var (host, _, _) = await StartAsync();
        await using var started = host;
        await using var scope = host.App.Services.CreateAsyncScope();

        var context = scope.ServiceProvider.GetRequiredService<IWhatsAppAccountContext>();

        (context.AccountId, context.WabaId, context.PhoneNumberId).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task A_handler_of_account_events_that_fails_is_logged_and_stops_nothing()
    {
        var (host, _, number) = await StartAsync(library => library.AddAccountEventHandler<Failing>().AddAccountEventHandler<Unbuildable>().AddAccountEventHandler<Listener>());
        await using var _ = host;

        await host.DisconnectAsync("acme");

        (await host.ReadAsync("acme")).Numbers.ShouldAllBe(one => !one.IsHeld);
        host.App.Services.GetRequiredService<Built>().Tenants.ShouldContain(("acme", null, number.Id), "the handler after those that failed");
        foreach (var handler in (Type[])[typeof(Failing), typeof(Unbuildable)])
            host.Logs.Lines.ShouldContain(line => line.EventId == 1250 && line.Text.Contains(handler.ToString()) && line.Text.Contains("connected"));
    }

    [Theory, InlineData(typeof(IWebhookHandler), "AddWebhookHandler"), InlineData(typeof(IAccountEventHandler), "AddAccountEventHandler")]
    public async Task A_handler_that_nobody_would_call_stops_the_host_at_start(Type service, string cure)
    {
        var start = () => TheHost.StartAsync(setup => setup.Services.AddScoped(service, service == typeof(IWebhookHandler) ? typeof(RecordingWebhookHandler) : typeof(Failing)));

        (await start.ShouldThrowAsync<OptionsValidationException>()).Message.ShouldContain(cure);
    }

    private static async Task<(TheHost Host, EmulatedWaba Waba, EmulatedNumber Number)> StartAsync(Action<WhatsAppOnboardingBuilder>? more = null)
    {
        var host = await TheHost.StartAsync(setup =>
        {
            setup.Services.AddSingleton<Built>().AddScoped<Tenant>();
            setup.Library = more;
        });
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        return (host, waba, number);
    }

    private sealed class Built
    {
        public ConcurrentQueue<string> Names { get; } = new();

        public ConcurrentQueue<(string? Account, string? Waba, string? Number)> Tenants { get; } = new();
    }

    /// <summary>Stands for a context that stamps the tenant: it takes it when it is built.</summary>
    private sealed class Tenant
    {
        public Tenant(IWhatsAppAccountContext context, Built built) =>
            built.Tenants.Enqueue((context.AccountId?.ToString(), context.WabaId?.ToString(), context.PhoneNumberId?.ToString()));
    }

    private sealed class First : IWebhookHandler
    {
        public First(Built built, Tenant tenant)
        {
            _ = tenant;
            built.Names.Enqueue(nameof(First));
        }

        public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Second : IWebhookHandler
    {
        public Second(Built built) => built.Names.Enqueue(nameof(Second));

        public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Listener(Tenant tenant) : IAccountEventHandler
    {
        public Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken)
        {
            _ = tenant;
            return Task.CompletedTask;
        }
    }

    private sealed class Failing : IAccountEventHandler
    {
        public Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken) => throw new InvalidOperationException("The handler was told to fail.");
    }

    private sealed class Unbuildable : IAccountEventHandler
    {
        public Unbuildable() => throw new InvalidOperationException("The handler cannot be built.");

        public Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
