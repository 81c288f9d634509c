namespace WhatsAppOnboarding.Vocabulary;

/// <summary>
/// Who or what causes what happens from here on, for the record: set where something begins, and known in all that is called from there. A person counts only for what
/// happens to the account that they act for, for what one account does may change what is noted of others.
/// </summary>
internal sealed class Actor : IDisposable
{
    /// <summary>The account itself, by a route or by the host's own code.</summary>
    public const string Account = "account";

    /// <summary>What Meta told.</summary>
    public const string Meta = "meta";

    /// <summary>The library by itself.</summary>
    public const string Upkeep = "upkeep";

    /// <summary>Whoever used a setup or reconnect link.</summary>
    public const string Link = "link";

    /// <summary>Whoever runs the host.</summary>
    public const string Operator = "operator";

    private static readonly AsyncLocal<Actor?> Current = new();

    private readonly Actor? _outer;

    private Actor(string? origin, AccountId? account, string? person)
    {
        _outer = Current.Value;
        // What an operator or somebody with a link does is not the deed of whoever of an account is signed in there.
        (Origin, For, Person) = (origin ?? _outer?.Origin, account ?? _outer?.For, person ?? (origin is Operator or Link ? null : _outer?.Person));
        Current.Value = this;
    }

    public static Actor? Now => Current.Value;

    /// <summary>One of the constants; null while only the person is known.</summary>
    public string? Origin { get; }

    /// <summary>As the host names the person; null when it did not say, and where it is nobody.</summary>
    public string? Person { get; }

    /// <summary>The account that the person acts for, once that is known.</summary>
    public AccountId? For { get; set; }

    /// <summary>Until it is disposed of; what is not said stays as it was around it.</summary>
    public static Actor Enter(string? origin, AccountId? account = null, string? person = null) => new(origin, account, person);

    /// <summary>For the rest of this flow of calls nobody has caused anything: it only happens to come out of something else.</summary>
    public static void Leave() => Current.Value = null;

    public void Dispose() => Current.Value = _outer;
}
