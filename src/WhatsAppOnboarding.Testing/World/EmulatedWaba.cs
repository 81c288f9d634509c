namespace WhatsAppOnboarding.Testing;

/// <summary>A WhatsApp Business Account.</summary>
public sealed class EmulatedWaba
{
    private readonly List<EmulatedNumber> _numbers = [];
    private readonly List<EmulatedTemplate> _templates = [];
    private bool _isAppSubscribed;

    internal EmulatedWaba(EmulatedBusiness owner, string id, string name, long sequence)
    {
        Owner = owner;
        Id = id;
        Name = name;
        Sequence = sequence;
        AddTemplate("hello_world", "Welcome and congratulations! This message shows that you can send messages.", configure: template =>
            (template.HeaderText, template.Footer) = ("Hello World", "WhatsApp Business Platform sample message"));
        AddTemplate("order_update", "Hi {{1}}, your order {{2}} is on its way.");
    }

    /// <summary>The WABA's id, digits.</summary>
    public string Id { get; }

    /// <summary>The WABA's name.</summary>
    public string Name { get; }

    /// <summary>The portfolio that owns it.</summary>
    public EmulatedBusiness Owner { get; }

    /// <summary>Its business phone numbers, oldest first.</summary>
    public IReadOnlyList<EmulatedNumber> Numbers
    {
        get
        {
            lock (Owner.World.Gate)
                return [.. _numbers];
        }
    }

    /// <summary>Its message templates, oldest first. Each WABA begins with <c>hello_world</c> (no placeholders) and <c>order_update</c> (two in its body), both en_US.</summary>
    public IReadOnlyList<EmulatedTemplate> Templates
    {
        get
        {
            lock (Owner.World.Gate)
                return [.. _templates];
        }
    }

    /// <summary>Whether the app is subscribed, that is, hears of this WABA's messages.</summary>
    public bool IsAppSubscribed
    {
        get
        {
            lock (Owner.World.Gate)
                return _isAppSubscribed;
        }
        set
        {
            lock (Owner.World.Gate)
            {
                _isAppSubscribed = value;
                if (!value)
                    OverrideCallback = null;
            }
        }
    }

    /// <summary>Where this WABA's <c>messages</c> webhooks go instead of the app's callback.</summary>
    /// <value>Null: to the app's callback.</value>
    public Uri? OverrideCallback { get; internal set; }

    /// <summary>Whether the customer shares the WABA with the SaaS. While not, no token shows or opens it (100/33); the tokens live on. A new grant shares it.</summary>
    /// <value>True.</value>
    public bool IsShared { get; set; } = true;

    /// <summary>Meta's <c>restriction_type</c>: RESTRICTED_BIZ_INITIATED_MESSAGING refuses templates, RESTRICTED_CUSTOMER_INITIATED_MESSAGING all else (368); others only show in <c>health_status</c>.</summary>
    /// <value>Null: none.</value>
    public string? Restriction { get; set; }

    /// <summary>Whether Meta has disabled the WABA: nothing can be sent (131031), reads go on.</summary>
    public bool IsDisabled { get; set; }

    /// <summary>Whether its Business app moved to another phone: nothing can be sent for now (133010), reads go on.</summary>
    public bool IsOffboarded { get; set; }

    /// <summary>Whether Meta can charge for messages. Without it every message fails by its status (131042), and <c>health_status</c> says 141006.</summary>
    /// <value>True.</value>
    public bool HasPaymentMethod { get; set; } = true;

    internal long Sequence { get; }

    internal bool HasRegisteredNumber
    {
        get
        {
            lock (Owner.World.Gate)
                return _numbers.Exists(number => number.PlatformType == "CLOUD_API");
        }
    }

    /// <summary>Adds a business phone number: connected, verified and on Cloud API unless <paramref name="configure"/> changes it.</summary>
    public EmulatedNumber AddNumber(string displayPhoneNumber, string verifiedName, Action<EmulatedNumber>? configure = null) =>
        AddNumber(displayPhoneNumber, verifiedName, id: null, configure);

    /// <summary>Adds a business phone number with an id of the caller's choice.</summary>
    public EmulatedNumber AddNumber(string displayPhoneNumber, string verifiedName, string? id, Action<EmulatedNumber>? configure = null)
    {
        lock (Owner.World.Gate)
        {
            var number = new EmulatedNumber(this, id ?? Owner.World.NewId("number", Id, displayPhoneNumber), displayPhoneNumber, verifiedName, Owner.World.NextSequence());
            configure?.Invoke(number);
            Owner.World.Register(number);
            _numbers.Add(number);
            return number;
        }
    }

    /// <summary>Adds a number that is not verified yet, and so not registered: what a signup may well end with.</summary>
    public EmulatedNumber AddUnverifiedNumber(string displayPhoneNumber, string verifiedName, string? id = null) =>
        AddNumber(displayPhoneNumber, verifiedName, id, number => (number.Status, number.PlatformType, number.CodeVerificationStatus) = ("PENDING", "NOT_APPLICABLE", "NOT_VERIFIED"));

    /// <summary>Adds a number that is verified but not registered with Cloud API.</summary>
    public EmulatedNumber AddUnregisteredNumber(string displayPhoneNumber, string verifiedName, string? id = null) =>
        AddNumber(displayPhoneNumber, verifiedName, id, number => (number.Status, number.PlatformType) = ("PENDING", "NOT_APPLICABLE"));

    /// <summary>Adds a number that is on the WhatsApp Business app and on Cloud API at once.</summary>
    public EmulatedNumber AddCoexistenceNumber(string displayPhoneNumber, string verifiedName, string? id = null) =>
        AddNumber(displayPhoneNumber, verifiedName, id, number => number.IsOnBizApp = true);

    /// <summary>Adds a message template: approved, category UTILITY, a body alone, unless <paramref name="configure"/> changes it.</summary>
    /// <param name="name">Lower-case letters, digits and underscores; with the language unique in the WABA.</param>
    /// <param name="body">The text, with placeholders such as <c>{{1}}</c> or <c>{{first_name}}</c>.</param>
    /// <param name="language">Meta's language code.</param>
    /// <param name="configure">Sets header, footer, buttons, category, status.</param>
    public EmulatedTemplate AddTemplate(string name, string body, string language = "en_US", Action<EmulatedTemplate>? configure = null)
    {
        lock (Owner.World.Gate)
        {
            if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_'))
                throw new ArgumentException($"'{name}' is no template name. Use lower-case letters, digits and underscores.", nameof(name));
            if (_templates.Exists(known => known.Name == name && known.Language == language))
                throw new ArgumentException($"There is a template {name} in {language}. Change that one, or remove it first.", nameof(name));
            var template = new EmulatedTemplate(Owner.World.NewId("template", Id, name, language), name, language, body, Owner.World.NextSequence());
            configure?.Invoke(template);
            _templates.Add(template);
            return template;
        }
    }

    /// <summary>Takes a message template out of the WABA.</summary>
    public void RemoveTemplate(EmulatedTemplate template)
    {
        lock (Owner.World.Gate)
            _templates.Remove(template);
    }

    /// <summary>Takes the WABA and its numbers out of the world, as if the customer had deleted it. Tokens live on without it.</summary>
    public void Remove()
    {
        lock (Owner.World.Gate)
        {
            IsAppSubscribed = false;
            foreach (var number in Numbers)
                Remove(number);
            Owner.World.Forget(this);
        }
    }

    internal void Remove(EmulatedNumber number)
    {
        lock (Owner.World.Gate)
        {
            _numbers.Remove(number);
            Owner.World.Forget(number);
        }
    }
}
