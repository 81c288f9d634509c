// What a reader's file has around a snippet.
global using System.Globalization;
global using System.Text.Json.Nodes;
global using System.Text.Json.Serialization;
global using Microsoft.EntityFrameworkCore;
global using OpenTelemetry.Metrics;
global using OpenTelemetry.Trace;
global using Shouldly;
global using WhatsAppOnboarding;
global using WhatsAppOnboarding.Graph;
global using WhatsAppOnboarding.Stores;
global using WhatsAppOnboarding.Testing;
global using WhatsAppOnboarding.Webhooks;

namespace Docs;

internal abstract class Reader
{
    protected readonly WebApplicationBuilder builder = null!;
    protected readonly WebApplication app = null!;
    protected readonly IWhatsAppAccounts accounts = null!;
    protected readonly IWhatsAppSetup setup = null!;
    protected readonly IWhatsAppOperator operations = null!;
    protected readonly IGraphClient graph = null!;
    protected readonly AccountId account;
}

internal abstract class In_README : Reader
{
    protected static void Send(Uri? address) => address.ShouldNotBeNull();
}

internal abstract class In_configuration : Reader
{
    protected readonly (string MetaAppSecret, string WebhookVerifyToken) secrets;
    protected readonly Regions regions = new();
}

internal abstract class In_graph : Reader
{
    protected readonly AccessToken token = null!;
    protected readonly PhoneNumberId from, number;
    protected readonly WabaId waba;
    protected readonly string mediaIdOfAWebhook = "";
}

internal abstract class In_http : Reader
{
    protected readonly WhatsAppWords words = null!;
    protected readonly PhoneNumberToken token = null!;
}

internal abstract class In_operations : Reader
{
    protected readonly DateTimeOffset outage;
}

internal abstract class In_security : Reader
{
    protected readonly string userId = "";
}

internal abstract class In_rabbitmq : Reader;

internal abstract class In_stores : Reader
{
    protected readonly ModelBuilder modelBuilder = null!;
}

internal abstract class In_telemetry : Reader;

internal abstract class In_package_README : Reader;

internal abstract class In_package_EfCore_README : Reader;

internal abstract class In_package_RabbitMq_README : Reader;

internal abstract class In_package_Testing_README : Reader;

internal abstract class In_emulator : Reader
{
    protected readonly MetaEmulator meta = null!;
    protected readonly EmulatedWaba waba = null!;
    protected readonly EmulatedNumber number = null!;
    protected readonly EmulatedCustomer ada = null!;
    protected readonly EmulatedToken token = null!;
    protected readonly MetaEmulatorOptions options = new();
    protected readonly WebhookDelivery delivery = null!;
    protected readonly string messageId = "";
    protected readonly byte[] bytes = [];
    protected readonly Uri deauthorizeUrl = null!, deletionUrl = null!;
    protected readonly List<AccountEvent> told = [];
    protected readonly List<WebhookEvent> received = [];

    protected static Task<WebApplication> StartAppAsync(Dictionary<string, string?> settings) => throw new NotSupportedException($"{settings.Count}");

    protected static Task ConnectAsync() => Task.CompletedTask;

    protected static Task DisconnectAsync() => Task.CompletedTask;
}

internal sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options);

internal sealed class Account
{
    public string AccountId { get; set; } = "";

    public string? WabaId { get; set; }
}

internal sealed class ChatMessage
{
    public int Id { get; set; }

    public string AccountId { get; set; } = "";
}

internal sealed class Regions
{
    public bool IsEuropean(WabaId waba) => waba == default;
}

internal sealed class Inbox : IWebhookHandler
{
    public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken) => Task.CompletedTask;
}

public interface ICurrentTenant
{
    string? Id { get; }
}

internal sealed class Memberships
{
    public Task<AccountId?> CurrentAsync(System.Security.Claims.ClaimsPrincipal user) => Task.FromResult<AccountId?>(user is null ? null : default);

    public Task<bool> MayActForAsync(System.Security.Claims.ClaimsPrincipal user, AccountId account) => Task.FromResult(user is null || account == default);
}
