namespace WhatsAppOnboarding.Testing;

/// <summary>How Embedded Signup popups end when nobody sits in front of them, and which were opened.</summary>
public sealed class PopupScript
{
    private readonly Lock _gate = new();
    private readonly List<OpenedPopup> _opened = [];
    private readonly MetaWorld _world;
    private PopupEnding? _next;

    internal PopupScript(MetaWorld world) => _world = world;

    /// <summary>How the next popup ends by itself, as soon as it is open; used once.</summary>
    /// <value>Null: whoever sits in front of it decides.</value>
    /// <exception cref="ArgumentException">The ending names a WABA or a number that does not exist.</exception>
    public PopupEnding? Next
    {
        get
        {
            lock (_gate)
                return _next;
        }
        set
        {
            value?.Check(_world);
            lock (_gate)
                _next = value;
        }
    }

    /// <summary>What reaches the app, and in which order, unless the ending itself says so.</summary>
    /// <value><see cref="PopupDelivery.MessageThenCallback"/>.</value>
    public PopupDelivery Delivery { get; set; }

    /// <summary>The popups opened so far, oldest first; not those that showed an error page.</summary>
    public IReadOnlyList<OpenedPopup> Opened
    {
        get
        {
            lock (_gate)
                return [.. _opened];
        }
    }

    internal PopupEnding? Open(OpenedPopup popup)
    {
        lock (_gate)
        {
            _opened.Add(popup);
            var ending = _next;
            _next = null;
            return ending;
        }
    }
}
