using WhatsAppOnboarding.Testing.World;

namespace WhatsAppOnboarding.Testing;

/// <summary>Everything that exists at the emulated Meta. Safe to use from several threads; lists are snapshots.</summary>
public sealed class MetaWorld
{
    private readonly MetaEmulatorOptions _options;
    private readonly bool _fixedIds;
    private readonly List<EmulatedBusiness> _businesses = [];
    private readonly Dictionary<string, EmulatedWaba> _wabas = [];
    private readonly Dictionary<string, EmulatedNumber> _numbers = [];
    private readonly HashSet<string> _ids = [];
    private long _sequence;

    internal MetaWorld(MetaEmulatorOptions options, string appId, bool fixedIds)
    {
        _options = options;
        _fixedIds = fixedIds;
        AppId = appId;
        PartnerBusinessId = NewId("the portfolio of the SaaS");
        Grants = new GrantBook(this, options);
        Talks = new ConversationBook(Gate);
        Media = new MediaShelf(Gate);
    }

    /// <summary>The portfolio of the SaaS itself; some <c>account_update</c> webhooks carry its id.</summary>
    public string PartnerBusinessId { get; }

    /// <summary>The portfolios, oldest first.</summary>
    public IReadOnlyList<EmulatedBusiness> Businesses
    {
        get
        {
            lock (Gate)
                return [.. _businesses];
        }
    }

    /// <summary>Messages that were sent through the API, oldest first, also those that failed.</summary>
    public IReadOnlyList<EmulatedMessage> Messages => [.. Talks.All.Where(message => message.FromBusiness)];

    /// <summary>Messages in both directions, oldest first.</summary>
    public IReadOnlyList<EmulatedMessage> Conversations => Talks.All;

    /// <summary>Messages that were accepted and then dropped without a word, oldest first: those with a user id in <c>to</c>.</summary>
    public IReadOnlyList<EmulatedMessage> LostMessages => Talks.Lost;

    /// <summary>Every token handed out, oldest first.</summary>
    public IReadOnlyList<EmulatedToken> IssuedTokens => Grants.Tokens;

    /// <summary>Every code handed out, oldest first.</summary>
    public IReadOnlyList<EmulatedCode> IssuedCodes => Grants.Codes;

    internal Lock Gate { get; } = new();

    internal string AppId { get; }

    internal DateTimeOffset Now => _options.TimeProvider.GetUtcNow();

    internal GrantBook Grants { get; }

    internal ConversationBook Talks { get; }

    internal MediaShelf Media { get; }

    /// <summary>Adds a customer's portfolio.</summary>
    public EmulatedBusiness AddBusiness(string name, string? id = null)
    {
        lock (Gate)
        {
            var business = new EmulatedBusiness(this, id ?? NewId("portfolio", name), name);
            Claim(business.Id);
            _businesses.Add(business);
            return business;
        }
    }

    /// <summary>The WABA with this id, or null.</summary>
    public EmulatedWaba? FindWaba(string id)
    {
        lock (Gate)
            return _wabas.GetValueOrDefault(id);
    }

    /// <summary>The business phone number with this id, or null.</summary>
    public EmulatedNumber? FindNumber(string id)
    {
        lock (Gate)
            return _numbers.GetValueOrDefault(id);
    }

    /// <summary>Hands out a token without dialog and exchange.</summary>
    /// <param name="wabaIds">The WABAs that it opens; null for all there are now.</param>
    /// <param name="scopes">Its permissions; null for <see cref="MetaEmulatorOptions.Scopes"/>.</param>
    public EmulatedToken IssueToken(IEnumerable<string>? wabaIds = null, IEnumerable<string>? scopes = null) =>
        Grants.IssueToken(Grants.Grant(wabaIds, scopes));

    /// <summary>Makes a token worthless: 190 from now on.</summary>
    public void RevokeToken(string token) => Grants.Revoke(issued => issued.Value == token);

    /// <summary>Makes every token handed out so far worthless: 190 from now on.</summary>
    public void RevokeAll() => Grants.Revoke(_ => true);

    /// <summary>A customer removes the app from a WABA: the subscription ends, no token opens it, and a token that opened nothing else ends with 190.</summary>
    public void RemoveAppFrom(string wabaId)
    {
        lock (Gate)
        {
            if (_wabas.TryGetValue(wabaId, out var waba))
            {
                waba.IsAppSubscribed = false;
                foreach (var number in waba.Numbers)
                    number.Offboard();
            }

            Grants.Withdraw(wabaId);
        }
    }

    /// <summary>As <see cref="Businesses"/>, but no copy: for who has entered the gate.</summary>
    internal IEnumerable<EmulatedBusiness> AllBusinesses => _businesses;

    internal IReadOnlyList<EmulatedWaba> Wabas
    {
        get
        {
            lock (Gate)
                return [.. _wabas.Values.OrderBy(waba => waba.Sequence)];
        }
    }

    internal EmulatedBusiness? FindBusiness(string id)
    {
        lock (Gate)
            return _businesses.Find(business => business.Id == id);
    }

    internal EmulatedWaba RequireWaba(string wabaId) =>
        FindWaba(wabaId) ?? throw new ArgumentException($"No WABA has the id {wabaId}. Add it to the world first.", nameof(wabaId));

    internal EmulatedNumber RequireNumber(string phoneNumberId) =>
        FindNumber(phoneNumberId) ?? throw new ArgumentException($"No number has the id {phoneNumberId}. Add it to the world first.", nameof(phoneNumberId));

    /// <summary>An id for what is added without one: any, or the one that the same thing had at the last start.</summary>
    /// <param name="of">What it is, in what it is, and its name. A second one of the same name gets the next id.</param>
    internal string NewId(params string[] of)
    {
        if (!_fixedIds)
            return MetaIds.NewId();
        for (var turn = 0; ; turn++)
        {
            if (MetaIds.FixedId($"{string.Join('\n', of)}\n{turn}") is var id && !_ids.Contains(id))
                return id;
        }
    }

    internal long NextSequence() => ++_sequence;

    internal void Register(EmulatedWaba waba)
    {
        Claim(waba.Id);
        _wabas.Add(waba.Id, waba);
    }

    internal void Register(EmulatedNumber number)
    {
        Claim(number.Id);
        _numbers.Add(number.Id, number);
    }

    internal void Forget(EmulatedWaba waba)
    {
        _wabas.Remove(waba.Id);
        _ids.Remove(waba.Id);
        foreach (var business in _businesses)
            business.Forget(waba);
        Grants.Forget(waba.Id);
    }

    internal void Forget(EmulatedNumber number)
    {
        _numbers.Remove(number.Id);
        _ids.Remove(number.Id);
    }

    private void Claim(string id)
    {
        if (id.Length == 0 || !id.All(char.IsAsciiDigit))
            throw new ArgumentException($"'{id}' is no Meta id. Use digits only.", nameof(id));
        if (!_ids.Add(id))
            throw new ArgumentException($"The id {id} is taken. Use another one, or none for a random one.", nameof(id));
    }
}
