namespace WhatsAppOnboarding.Testing;

/// <summary>A business portfolio of a customer.</summary>
public sealed class EmulatedBusiness
{
    private readonly List<EmulatedWaba> _owned = [];
    private readonly List<EmulatedWaba> _shared = [];

    internal EmulatedBusiness(MetaWorld world, string id, string name)
    {
        World = world;
        Id = id;
        Name = name;
    }

    /// <summary>The portfolio's id, digits.</summary>
    public string Id { get; }

    /// <summary>The portfolio's name.</summary>
    public string Name { get; }

    /// <summary>How many customers all its numbers together may write to first in a day: TIER_250, TIER_2K, TIER_10K, TIER_100K or TIER_UNLIMITED.</summary>
    /// <value>TIER_250. It is told, not enforced.</value>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messaging-limits</remarks>
    public string MessagingLimit { get; set; } = "TIER_250";

    /// <summary>The WABAs that it owns, oldest first.</summary>
    public IReadOnlyList<EmulatedWaba> Wabas
    {
        get
        {
            lock (World.Gate)
                return [.. _owned];
        }
    }

    /// <summary>The WABAs of others that were shared with it, oldest first.</summary>
    public IReadOnlyList<EmulatedWaba> ClientWabas
    {
        get
        {
            lock (World.Gate)
                return [.. _shared];
        }
    }

    internal MetaWorld World { get; }

    internal bool IsEmpty => _owned.Count == 0;

    /// <summary>Whether one of these WABAs of others was shared with it.</summary>
    internal bool HasAnyOf(List<EmulatedWaba> wabas) => _shared.Count > 0 && _shared.Exists(wabas.Contains);

    /// <summary>Adds a WhatsApp Business Account that this portfolio owns.</summary>
    public EmulatedWaba AddWaba(string name, string? id = null)
    {
        lock (World.Gate)
        {
            var waba = new EmulatedWaba(this, id ?? World.NewId("WABA", Id, name), name, World.NextSequence());
            World.Register(waba);
            _owned.Add(waba);
            return waba;
        }
    }

    /// <summary>Shares a WABA of another portfolio with this one.</summary>
    public EmulatedBusiness ShareIn(EmulatedWaba waba)
    {
        lock (World.Gate)
            _shared.Add(waba);
        return this;
    }

    internal void Forget(EmulatedWaba waba)
    {
        _owned.Remove(waba);
        _shared.Remove(waba);
    }
}
