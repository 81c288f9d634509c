namespace WhatsAppOnboarding.Testing;

/// <summary>The number and its customers.</summary>
public sealed partial class EmulatedNumber
{
    /// <summary>Customers who wrote to this number or got a message from it, who was last in a conversation first.</summary>
    public IReadOnlyList<EmulatedCustomer> Customers => Waba.Owner.World.Talks.CustomersOf(this);

    /// <summary>What the next message that this number sends fails with; marks of what was read do not count. It is null again once the message has failed.</summary>
    /// <value>Null: nothing.</value>
    public EmulatedFailure? NextFailure { get; set; }

    /// <summary>Whether this customer wrote within 24 hours and can be sent more than templates. What is refused otherwise: <see cref="MetaEmulatorOptions.EnforceCustomerServiceWindow"/>.</summary>
    public bool IsWindowOpen(EmulatedCustomer customer) =>
        Waba.Owner.World.Talks.IsWindowOpen(this, customer.Digits, customer.UserId, Waba.Owner.World.Now);

    /// <summary>Lets the customer's 24 hours be over, until the customer writes again. Meta sends nothing: the next message other than a template fails with 131047.</summary>
    public void CloseWindow(EmulatedCustomer customer) => Waba.Owner.World.Talks.CloseWindow(this, customer);

    internal EmulatedFailure? TakeNextFailure()
    {
        var next = NextFailure;
        NextFailure = null;
        return next;
    }
}
