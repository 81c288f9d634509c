using System.Globalization;
using System.Threading.Channels;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using WebHost.Languages;

namespace WebHost.Accounts.Recovery;

/// <summary>
/// Sends the links by which a forgotten password is replaced. Who asks is answered before anybody is looked up, so that neither words nor time tell who has an
/// account. The limits are of this node.
/// </summary>
public sealed partial class RecoveryPost(IServiceScopeFactory scopes, Mailer mailer, IStringLocalizer<Words> words, ILogger<RecoveryPost> log) : BackgroundService
{
    public static readonly TimeSpan LinkLasts = TimeSpan.FromHours(1);

    private const int PerAddress = 3;
    private const int PerClient = 20;

    private readonly Channel<Request> _asked = Channel.CreateBounded<Request>(new BoundedChannelOptions(200) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly PartitionedRateLimiter<string> _clients = InAnHour(PerClient);
    private readonly PartitionedRateLimiter<string> _addresses = InAnHour(PerAddress);

    /// <summary>Takes a request, in the language of who asks. False where this client asked too often; whether the address did is not told.</summary>
    public bool Ask(string email, string origin, string? client)
    {
        if (!_clients.AttemptAcquire(client ?? "").IsAcquired)
            return false;
        _asked.Writer.TryWrite(new Request(email, origin, CultureInfo.CurrentUICulture));
        return true;
    }

    public override void Dispose()
    {
        _clients.Dispose();
        _addresses.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var request in _asked.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await SendAsync(request, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotSent(failure);
            }
        }
    }

    private async Task SendAsync(Request request, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        if (await users.FindByEmailAsync(request.Email) is not { Email: { } email } user || !_addresses.AttemptAcquire(user.Id).IsAcquired)
            return;
        var token = await users.GeneratePasswordResetTokenAsync(user);
        var link = QueryHelpers.AddQueryString(request.Origin + "/auth/reset", new Dictionary<string, string?> { ["account"] = user.Id, ["token"] = token });
        CultureInfo.CurrentUICulture = request.Language;
        var text = string.Join("\n\n", words["Somebody asked for a new password for your account at {0}. If it was you, open this link within an hour:", "Frontdesk"], link,
            words["If it was not you, do nothing: your password stays as it is."]);
        await mailer.SendAsync(email, words["Choose a new password"], text, cancellationToken);
    }

    private static PartitionedRateLimiter<string> InAnHour(int times) => PartitionedRateLimiter.Create<string, string>(who =>
        RateLimitPartition.GetFixedWindowLimiter(who, _ => new FixedWindowRateLimiterOptions { PermitLimit = times, Window = TimeSpan.FromHours(1), QueueLimit = 0 }));

    [LoggerMessage(1, LogLevel.Error, "The mail with a link for a new password was not sent. Look at the settings of Mail")]
    private partial void LogNotSent(Exception failure);

    private sealed record Request(string Email, string Origin, CultureInfo Language);
}
