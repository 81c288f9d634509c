namespace WhatsAppOnboarding.Testing.World;

/// <summary>What was said between numbers and customers.</summary>
internal sealed class ConversationBook(Lock gate)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    private readonly List<EmulatedMessage> _messages = [];
    private readonly List<EmulatedMessage> _lost = [];

    public IReadOnlyList<EmulatedMessage> All
    {
        get
        {
            lock (gate)
                return [.. _messages];
        }
    }

    public IReadOnlyList<EmulatedMessage> Lost
    {
        get
        {
            lock (gate)
                return [.. _lost];
        }
    }

    public void Add(EmulatedMessage message)
    {
        lock (gate)
            _messages.Add(message);
    }

    public void AddLost(EmulatedMessage message)
    {
        lock (gate)
            _lost.Add(message);
    }

    public EmulatedMessage? Find(EmulatedNumber number, string messageId) =>
        All.FirstOrDefault(message => message.PhoneNumberId == number.Id && message.Id == messageId);

    /// <summary>The last message of a customer, known by number or user id, to any business; null when there is none.</summary>
    public EmulatedMessage? LastOf(string digits, string userId) => All.LastOrDefault(message => IsOf(message, digits, userId));

    /// <summary>Whether the customer has written to this number within 24 hours.</summary>
    public bool IsWindowOpen(EmulatedNumber number, string digits, string userId, DateTimeOffset now) => All.Any(message =>
        message.PhoneNumberId == number.Id && message.Type != "system" && !message.IsWindowClosed && now < message.At + Window && IsOf(message, digits, userId));

    /// <summary>Ends the time that the customer's messages so far have opened.</summary>
    public void CloseWindow(EmulatedNumber number, EmulatedCustomer customer)
    {
        foreach (var message in With(number, customer))
            message.IsWindowClosed = true;
    }

    /// <summary>What was said between this number and this customer, in both directions.</summary>
    public IReadOnlyList<EmulatedMessage> With(EmulatedNumber number, EmulatedCustomer customer) =>
        [.. All.Where(message => message.PhoneNumberId == number.Id && IsWith(message, customer.Digits, customer.UserId))];

    /// <summary>Whom this number has messages from or to, who was last in them first.</summary>
    public IReadOnlyList<EmulatedCustomer> CustomersOf(EmulatedNumber number) =>
    [
        .. All.Where(message => message.PhoneNumberId == number.Id).Reverse().GroupBy(KeyOf)
            .Select(messages => CustomerOf(messages.FirstOrDefault(message => !message.FromBusiness) ?? messages.First())),
    ];

    /// <summary>The messages of the business that the customer has got and not read, which they have now.</summary>
    public IReadOnlyList<EmulatedMessage> Read(EmulatedNumber number, EmulatedCustomer customer, DateTimeOffset now)
    {
        var unread = With(number, customer).Where(message => message is { FromBusiness: true, FailureCode: null, ReadAt: null, Type: not "reaction" }).ToList();
        unread.ForEach(message => message.ReadAt = now);
        return unread;
    }

    /// <summary>The customer of a message, as far as it tells.</summary>
    public static EmulatedCustomer CustomerOf(EmulatedMessage message)
    {
        var (number, user) = (message.Customer.Length > 0 ? "+" + message.Customer : "", message.CustomerUserId);
        var customer = new EmulatedCustomer(message.CustomerName ?? (number.Length > 0 ? number : user), number) { Username = message.CustomerUsername };
        return user.Length > 0 ? customer with { UserId = user } : customer;
    }

    /// <summary>The customers who have written to this number within 24 hours, each once.</summary>
    public IReadOnlyList<EmulatedCustomer> OpenWith(EmulatedNumber number, DateTimeOffset now) =>
    [
        .. All.Where(message => message.PhoneNumberId == number.Id && !message.FromBusiness && now < message.At + Window)
            .DistinctBy(KeyOf)
            .Select(message => new EmulatedCustomer(message.CustomerName ?? "", message.Customer)),
    ];

    /// <summary>Marks a customer's message as read, and with it all earlier ones of that conversation.</summary>
    public void MarkRead(EmulatedMessage upTo, DateTimeOffset now)
    {
        foreach (var message in All.TakeWhile(message => message != upTo).Append(upTo))
        {
            if (message.PhoneNumberId == upTo.PhoneNumberId && IsOf(message, upTo.Customer, upTo.CustomerUserId))
                message.ReadAt ??= now;
        }
    }

    private static string KeyOf(EmulatedMessage message) => message.Customer.Length > 0 ? message.Customer : message.CustomerUserId;

    private static bool IsOf(EmulatedMessage message, string digits, string userId) => !message.FromBusiness && IsWith(message, digits, userId);

    private static bool IsWith(EmulatedMessage message, string digits, string userId) =>
        (digits.Length > 0 && message.Customer == digits) || (userId.Length > 0 && message.CustomerUserId == userId);
}
