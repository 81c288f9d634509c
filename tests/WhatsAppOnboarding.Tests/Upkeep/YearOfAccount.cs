using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Tests.Graph;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>Which token an account connects with.</summary>
internal enum TokenOf
{
    SystemUserWithoutEnd,
    SystemUserOf60Days,
    UserOf60Days,
    SystemUserNotExtended,
    UserWithDataAccessEnd,
}

/// <summary>What the host must be told, and when.</summary>
internal sealed record Expected(string What, DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// One account in a year and the model of it: what is lost and comes back by chance, one thing at a time, and what must be known and told of that. The model knows nothing of
/// how upkeep works.
/// </summary>
internal sealed class YearOfAccount(TheAccounts accounts, string name, TokenOf kind, int numbers, Random? chance)
{
    private static readonly EmulatedCustomer Ada = new("Ada", "+1 650-555-0123");
    private static readonly TimeSpan[] Warnings = [TimeSpan.FromDays(14), TimeSpan.FromDays(7), TimeSpan.FromDays(1), TimeSpan.Zero];

    private EmulatedWaba _waba = null!;
    private EmulatedToken _token = null!;
    private DateTimeOffset? _end;
    private DateTimeOffset _seenAt;
    private DateTimeOffset _changeAt;
    private Func<Task>? _regain;

    public string Name => name;

    public int Numbers => numbers;

    public List<Expected> Expected { get; } = [];

    /// <summary>The tokens that it had, by who granted them, each with the day on which it was connected.</summary>
    public Dictionary<string, DateTime> Grantors { get; } = [];

    /// <summary>Whether it must count as connected; null while that may still be unknown here.</summary>
    public bool? Connected { get; private set; } = true;

    private bool IsConnected { get; set; } = true;

    private DateTimeOffset Now => accounts.Now;

    private EmulatedNumber Number => _waba.Numbers[0];

    public async Task BeginAsync()
    {
        _waba = accounts.AddWaba(numbers);
        await ConnectAsync();
        _changeAt = Now + Gap(atLeast: 2);
    }

    /// <summary>What happens to it at this time.</summary>
    public async Task HappenAsync()
    {
        Warn();
        Connected = Now - _seenAt < TheAccounts.Turn ? null : IsConnected;
        if (chance is null || Now < _changeAt || (_end - Now < TimeSpan.FromDays(15) && _regain is null))
            return;
        _seenAt = Now;
        Connected = null;
        if (_regain is { } regain)
        {
            _regain = null;
            await regain();
            IsConnected = true;
            _changeAt = Now + Gap(atLeast: 2);
        }
        else
        {
            _changeAt = Now + Gap(atLeast: 2);
            await LoseAsync();
        }
    }

    private TimeSpan Gap(int atLeast) => chance is null ? TimeSpan.FromDays(10_000) : TimeSpan.FromDays(atLeast + (chance.NextDouble() * 10));

    private async Task ConnectAsync()
    {
        (accounts.Options.TokenKind, accounts.Options.TokenLifetime) = kind switch
        {
            TokenOf.UserOf60Days or TokenOf.UserWithDataAccessEnd => (EmulatedTokenKind.User, (TimeSpan?)null),
            TokenOf.SystemUserWithoutEnd => (EmulatedTokenKind.SystemUser, null),
            _ => (EmulatedTokenKind.SystemUser, TimeSpan.FromDays(60)),
        };
        _token = await accounts.ConnectAsync(name, _waba);
        Grantors[_token.UserId] = Now.Date;
        if (kind is TokenOf.SystemUserNotExtended)
        {
            accounts.Calls.NotExtended[_token.UserId] = true;
            _end = _token.ExpiresAt;
        }
        else if (kind is TokenOf.UserWithDataAccessEnd)
        {
            (_token.ExpiresAt, _token.DataAccessEndsAt) = (null, Now.AddDays(90));
            _end = _token.DataAccessEndsAt;
        }

        _seenAt = Now;
    }

    /// <summary>The token comes nearer to its end; half a day after it the account connects again.</summary>
    private void Warn()
    {
        var passed = Warnings.Where(warning => _end - warning is { } at && at > _warnedUntil && at <= Now).ToArray();
        foreach (var warning in passed)
        {
            var at = _end!.Value - warning;
            Expect(warning == TimeSpan.Zero ? "needs_attention token_ended" : $"token_ending token_ends_in_{warning.Days}_day{(warning.Days == 1 ? "" : "s")}", at);
            if (warning == TimeSpan.Zero)
            {
                (IsConnected, _seenAt, _changeAt) = (false, Now, Now.AddHours(12));
                _regain = async () =>
                {
                    Expect("well_again token_ended", Now, atOnce: true);
                    await ConnectAsync();
                };
            }
        }

        _warnedUntil = Now;
    }

    private DateTimeOffset _warnedUntil;

    private async Task LoseAsync()
    {
        var others = new List<Func<Task>> { LoseSubscriptionAsync, RemoveAsync };
        if (numbers == 1)
            others.AddRange([FailPaymentAsync, RouteAsync]);
        if (_end is null)
            others.Add(ReportAsync);
        var losses = Loss.All.Where(loss => loss.Regain is not null || _end is null).ToArray();
        var drawn = chance!.Next(losses.Length + others.Count);
        await (drawn < losses.Length ? LoseAsync(losses[drawn]) : others[drawn - losses.Length]());
    }

    private Task LoseAsync(Loss loss)
    {
        loss.Lose(Number, CurrentToken());
        IsConnected = loss.IsConnected;
        Expect($"needs_attention {loss.Reason}", Now);
        _regain = async () =>
        {
            _waba.IsShared = true;
            Expect($"well_again {loss.Reason}", Now, atOnce: loss.Regain is null);
            if (loss.Regain is { } regain)
                regain(Number);
            else
                await ConnectAsync();
        };
        return Task.CompletedTask;
    }

    private Task LoseSubscriptionAsync()
    {
        _waba.IsAppSubscribed = false;
        Expect("needs_attention not_subscribed", Now);
        Expect("well_again not_subscribed", Now);
        return Task.CompletedTask;
    }

    private Task RemoveAsync()
    {
        foreach (var number in _waba.Numbers.ToArray())
            number.Remove();
        IsConnected = false;
        Expect("disconnected gone_at_meta", Now);
        _regain = async () =>
        {
            _waba = accounts.AddWaba(numbers);
            await ConnectAsync();
        };
        return Task.CompletedTask;
    }

    private async Task FailPaymentAsync()
    {
        _waba.HasPaymentMethod = false;
        Expect("needs_attention payment_needed", Now, atOnce: true);
        await accounts.Meta.Webhooks.SendAsync(MetaStatuses.Failed(Number, $"wamid.{name}.{Now.Ticks}", Ada, 131042), TestContext.Current.CancellationToken);
        _regain = () =>
        {
            _waba.HasPaymentMethod = true;
            Expect("well_again payment_needed", Now);
            return Task.CompletedTask;
        };
    }

    private async Task RouteAsync()
    {
        Expect("needs_attention routed_elsewhere", Now, atOnce: true);
        await accounts.Meta.Happenings.LoseRoutingAsync(Number.Id, TestContext.Current.CancellationToken);
        await ReceiveAsync();
        _regain = async () =>
        {
            Expect("well_again routed_elsewhere", Now, atOnce: true);
            await accounts.Meta.Happenings.RegainRoutingAsync(Number.Id, TestContext.Current.CancellationToken);
            await ReceiveAsync();
        };
    }

    /// <summary>A revoked token of which the host's first failed send is reported.</summary>
    private async Task ReportAsync()
    {
        var token = CurrentToken();
        token.Revoke();
        IsConnected = false;
        Expect("needs_attention token_invalid", Now, atOnce: true);
        using var graph = new TheGraph();
        var error = (await graph.Answers(Some.Error(190), System.Net.HttpStatusCode.BadRequest).SendAsync(Some.Message)).Error!;
        await accounts.Host.UseAsync<IWhatsAppAccounts, bool>(async one =>
        {
            await one.ReportFailureAsync(AccountId.Parse(name), PhoneNumberId.Parse(Number.Id), AccessToken.Parse(token.Value), error, TestContext.Current.CancellationToken);
            return true;
        });
        _regain = async () =>
        {
            Expect("well_again token_invalid", Now, atOnce: true);
            await ConnectAsync();
        };
    }

    private Task ReceiveAsync() => accounts.Meta.Webhooks.ReceiveMessageAsync(Number.Id, Ada.Number!, "Ada", "Are you open?", TestContext.Current.CancellationToken);

    /// <summary>The token that it has now: the newest of who granted it.</summary>
    private EmulatedToken CurrentToken() => accounts.Meta.World.IssuedTokens.Last(token => token.UserId == _token.UserId);

    private void Expect(string what, DateTimeOffset at, bool atOnce = false) => Expected.Add(new(what, at, atOnce ? at : at + TheAccounts.Turn));
}
