namespace WhatsAppOnboarding.Testing.World;

/// <summary>Codes and tokens: who was granted what.</summary>
internal sealed class GrantBook(MetaWorld world, MetaEmulatorOptions options)
{
    private readonly List<EmulatedCode> _codes = [];
    private readonly List<EmulatedToken> _tokens = [];
    private readonly Dictionary<string, EmulatedCode> _codesByValue = [];
    private readonly Dictionary<string, EmulatedToken> _tokensByValue = [];
    private readonly HashSet<string> _users = [];

    public IReadOnlyList<EmulatedCode> Codes
    {
        get
        {
            lock (world.Gate)
                return [.. _codes];
        }
    }

    public IReadOnlyList<EmulatedToken> Tokens
    {
        get
        {
            lock (world.Gate)
                return [.. _tokens];
        }
    }

    /// <summary>How many persons and system users got a token; one at least.</summary>
    public int Users
    {
        get
        {
            lock (world.Gate)
                return Math.Max(1, _users.Count);
        }
    }

    public TokenGrant Grant(IEnumerable<string>? wabaIds, IEnumerable<string>? scopes)
    {
        lock (world.Gate)
        {
            var chosen = Choose(wabaIds);
            chosen.ForEach(waba => waba.IsShared = true);
            foreach (var number in chosen.SelectMany(waba => waba.Numbers))
                number.Onboard(options.TimeProvider.GetUtcNow());
            if (options.WidenGrants)
                chosen = [.. world.Wabas.Reverse().Where(waba => chosen.Exists(picked => picked.Owner == waba.Owner))];
            // A person also reaches portfolios that hold no WABA yet; a system user reaches what was picked.
            var businesses = chosen.Select(waba => waba.Owner)
                .Concat(world.AllBusinesses.Where(business => options.TokenKind == EmulatedTokenKind.User && business.IsEmpty))
                .Concat(world.AllBusinesses.Where(business => business.HasAnyOf(chosen)))
                .Distinct()
                .Select(business => business.Id);
            return new TokenGrant(
                options.TokenKind,
                options.TokenKind == EmulatedTokenKind.User && options.UserId is { } person ? person : MetaIds.NewId(),
                options.TokenKind == EmulatedTokenKind.SystemUser ? chosen.Select(waba => waba.Owner).Concat(world.AllBusinesses).FirstOrDefault()?.Id : null,
                [.. scopes ?? options.Scopes],
                [.. chosen.Select(waba => waba.Id)],
                [.. businesses]);
        }
    }

    public EmulatedCode IssueCode(TokenGrant grant, string? redirectUri)
    {
        lock (world.Gate)
        {
            var lifetime = redirectUri is null ? options.PopupCodeLifetime : options.CodeLifetime;
            var code = new EmulatedCode(MetaIds.NewCode(), grant, redirectUri, options.TimeProvider.GetUtcNow() + lifetime);
            _codes.Add(code);
            _codesByValue.Add(code.Value, code);
            return code;
        }
    }

    /// <summary>The popup hands its code to the page: from now on it lives as long as codes of the popup do.</summary>
    public void HandOver(string code)
    {
        lock (world.Gate)
        {
            if (FindCode(code) is { RedirectUri: null } issued)
                issued.ExpiresAt = options.TimeProvider.GetUtcNow() + options.PopupCodeLifetime;
        }
    }

    public EmulatedToken IssueToken(TokenGrant grant)
    {
        var lifetime = options.TokenLifetime ?? (grant.Kind == EmulatedTokenKind.User ? TimeSpan.FromHours(2) : null);
        return IssueToken(grant, lifetime);
    }

    public EmulatedToken IssueToken(TokenGrant grant, TimeSpan? lifetime)
    {
        lock (world.Gate)
        {
            var now = options.TimeProvider.GetUtcNow();
            var token = new EmulatedToken(world, MetaIds.NewToken(), grant, now, now + lifetime);
            _tokens.Add(token);
            _tokensByValue.Add(token.Value, token);
            _users.Add(grant.UserId);
            return token;
        }
    }

    public EmulatedCode? FindCode(string value)
    {
        lock (world.Gate)
            return _codesByValue.GetValueOrDefault(value);
    }

    public EmulatedToken? FindToken(string value)
    {
        lock (world.Gate)
            return _tokensByValue.GetValueOrDefault(value);
    }

    public void Revoke(Func<EmulatedToken, bool> which, int subcode = 467)
    {
        lock (world.Gate)
        {
            foreach (var token in _tokens.Where(which))
                token.Revoke(subcode);
        }
    }

    public void Withdraw(string wabaId)
    {
        foreach (var token in _tokens)
        {
            if (token.LoseLast(wabaId))
                token.Revoke(subcode: 458);
        }
    }

    /// <summary>A WABA is gone: tokens live on without it.</summary>
    public void Forget(string wabaId) => _tokens.ForEach(token => token.Lose(wabaId));

    private List<EmulatedWaba> Choose(IEnumerable<string>? wabaIds)
    {
        // Newest first, as debug_token lists the most recently onboarded WABA first.
        var chosen = wabaIds is null ? world.Wabas : wabaIds.Distinct().Select(world.RequireWaba);
        return [.. chosen.OrderByDescending(waba => waba.Sequence)];
    }
}
