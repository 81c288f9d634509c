using WhatsAppOnboarding.Testing;

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
internal sealed partial class YearOfAccount(TheAccounts accounts, string name, TokenOf kind, int numbers, Random? chance)
{
    private static readonly TimeSpan[] Warnings = [TimeSpan.FromDays(14), TimeSpan.FromDays(7), TimeSpan.FromDays(1), TimeSpan.Zero];

    private EmulatedWaba _waba = null!;
    private EmulatedToken _token = null!;
    private DateTimeOffset? _end;
    private DateTimeOffset _seenAt;
    private DateTimeOffset _changeAt;
    private DateTimeOffset _warnedUntil;
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
}
