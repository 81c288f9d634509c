using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>The differences between what is kept of an account and Meta, each once, and what it takes to mend them.</summary>
internal sealed class Compared(TimeProvider time)
{
    public IReadOnlyList<Finding> Differences { get; private set; } = [];

    public Dictionary<PhoneNumberId, WabaId> ListedUnder { get; } = [];

    public List<PhoneNumber> Missing { get; } = [];

    public List<(WabaId Waba, AccessToken Token, PhoneNumber[] Held)> Unsubscribed { get; } = [];

    /// <summary>Subscriptions that stand, and whose messages go to another address than they should.</summary>
    public List<(WabaId Waba, AccessToken Token, SubscribedApp Shown)> Elsewhere { get; } = [];

    public List<(PhoneNumber Number, DateTimeOffset AskedAt)> Unrecorded { get; } = [];

    public IReadOnlyList<ConnectAttempt> Undone { get; set; } = [];

    public void Add(params IReadOnlyList<Finding> found) => Differences = [.. Differences.Concat(found).DistinctBy(one => (one.Code, one.Subject))];

    public Finding Found(string code, object subject, string message, string action, string? reason = null) =>
        new() { Code = code, At = time.GetUtcNow(), Subject = subject.ToString(), Message = message, Action = action, Reason = reason };

    /// <summary>Whether a number that its WABA does not list is in another one is known once all were asked.</summary>
    public void AddUnlisted()
    {
        foreach (var number in Missing)
        {
            Add(ListedUnder.ContainsKey(number.PhoneNumberId)
                ? Found(Finding.NumberMoved, number.PhoneNumberId, "Meta lists the number in another WABA than it was connected in.", "The account connects again.")
                : Found("number_not_listed", number.PhoneNumberId, "The account holds the number, and Meta does not list it.", "Nothing: upkeep follows when Meta does not show it either."));
        }
    }
}
