namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>Whose phone the page shows, and which business it is writing to.</summary>
internal sealed record PhoneChoice(EmulatedNumber Number, EmulatedCustomer Customer, IReadOnlyList<EmulatedCustomer> Known)
{
    private static readonly EmulatedCustomer[] Strangers = [new("Ada Park", "+1 650-555-0123"), new("Nora Field", "") { Username = "norafield" }];

    /// <summary>What address and forms carry of it.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields => Known.Contains(Customer)
        ? [("number", Number.Id), ("as", Customer.UserId)]
        : [("number", Number.Id), ("name", Customer.Name), ("from", Customer.Number ?? ""), ("username", Customer.Username ?? "")];

    public string Address => "/?" + string.Join('&', Fields.Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}"));

    /// <summary>What was asked for; else who wrote last, or somebody new.</summary>
    /// <param name="world">Where both are.</param>
    /// <param name="asked">A value of the address or of a form; empty where there is none.</param>
    /// <returns>Null when there is no number.</returns>
    public static PhoneChoice? Of(MetaWorld world, Func<string, string> asked)
    {
        if ((world.FindNumber(asked("number")) ?? Default(world)) is not { } number)
            return null;
        var customers = number.Customers;
        EmulatedCustomer[] known = [.. customers, .. Strangers.Where(stranger => customers.All(customer => customer.UserId != stranger.UserId))];
        return new PhoneChoice(number, known.FirstOrDefault(customer => customer.UserId == asked("as")) ?? Named(known, asked) ?? known[0], known);
    }

    private static EmulatedCustomer? Named(EmulatedCustomer[] known, Func<string, string> asked)
    {
        if (asked("name").Trim() is not { Length: > 0 } name)
            return null;
        var named = new EmulatedCustomer(name, asked("from").Trim()) { Username = asked("username").Trim() is { Length: > 0 } username ? username : null };
        return known.FirstOrDefault(customer => customer.UserId == named.UserId) ?? named;
    }

    /// <summary>The number where something came last, a message or a verification code; else one that the app hears of.</summary>
    private static EmulatedNumber? Default(MetaWorld world)
    {
        var talks = world.Conversations.ToLookup(message => message.PhoneNumberId, message => message.At);
        return world.Wabas.SelectMany(waba => waba.Numbers)
            .OrderByDescending(number => talks[number.Id].Concat(number.VerificationCodes.Select(code => code.At)).DefaultIfEmpty().Max())
            .ThenByDescending(number => number.Waba.IsAppSubscribed).FirstOrDefault();
    }
}
