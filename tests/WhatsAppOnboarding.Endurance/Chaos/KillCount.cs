using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>What is not as it should be once the host was killed for the last time and has looked after what was left.</summary>
internal sealed class KillCount
{
    /// <summary>By number, how often it was to be registered when it was first seen registered.</summary>
    public IReadOnlyDictionary<string, int> Registered { get; init; } = new Dictionary<string, int>();

    /// <summary>The ids of the events that the host's handler was handed, in order.</summary>
    public IReadOnlyList<string> Handled { get; init; } = [];

    /// <summary>Subscriptions of WABAs of which nobody holds a number.</summary>
    public int Leaked { get; private set; }

    /// <summary>WABAs of which somebody holds a number, and that the app is not subscribed to.</summary>
    public int Deaf { get; private set; }

    /// <summary>Outcomes and states that were told and are not so.</summary>
    public int Untrue { get; private set; }

    /// <summary>Numbers that were to be registered once more after they were.</summary>
    public int Twice { get; private set; }

    /// <summary>Events that the host's handler was never handed, or that the numbers' state implies and that there are not.</summary>
    public int LostEvents { get; private set; }

    /// <summary>Events that came for the first time before one of their account that is older.</summary>
    public int Disordered { get; private set; }

    /// <summary>Numbers registered with a PIN that nothing that is kept opens.</summary>
    public int LostPins { get; private set; }

    /// <summary>Tokens that attempts keep longer than half an hour.</summary>
    public int KeptTokens { get; set; }

    public int Held { get; private set; }

    public int Events { get; private set; }

    /// <summary>Steps that were open, and those that one press did not finish.</summary>
    public int Open { get; private set; }

    public int Unfinished { get; private set; }

    public Dictionary<string, int> Ends { get; } = [];

    public List<string> Problems { get; } = [];

    public int Wrong => Leaked + Deaf + Untrue + Twice + LostEvents + Disordered + LostPins + KeptTokens + Unfinished;

    public static int RegistrationsOf(MetaEmulator meta, EmulatedNumber number) =>
        meta.Calls.Of(GraphOperations.Register).Count(call => call.Path.Contains($"/{number.Id}/", StringComparison.Ordinal));

    public async Task LookAsync(HostProcess host, MetaEmulator meta, KilledAccount account)
    {
        var books = await account.ReadAsync(host);
        var held = books.Numbers.Where(number => number.IsHeld).ToLookup(number => number.Id);
        Held += held.Count;
        foreach (var number in account.Numbers)
        {
            if (number.Waba.IsAppSubscribed != held.Contains(number.Id))
                _ = held.Contains(number.Id) ? Deaf += Note(account, $"holds {number.Id} and is deaf") : Leaked += Note(account, $"subscribed to {number.Waba.Id} for nobody");
            if (Registered.TryGetValue(number.Id, out var then) && RegistrationsOf(meta, number) > then)
                Twice += Note(account, $"{number.Id} registered again");
            if (number.TwoStepPin is { } pin && !account.WasToBeErased && !books.Numbers.Any(kept => kept.Id == number.Id && kept.Pins.Contains(pin)))
                LostPins += Note(account, $"the PIN of {number.Id} is lost");
        }

        LookAtOutcomes(account, books);
        LookAtEvents(account, books);
        foreach (var old in books.Attempts.Where(attempt => attempt.KeepsToken && attempt.ClaimedAt < books.Now.AddMinutes(-30)))
            KeptTokens += Note(account, $"attempt {old.Id} keeps a token");
        await FinishAsync(host, account);
    }

    private void LookAtOutcomes(KilledAccount account, Books books)
    {
        foreach (var attempt in books.Attempts)
        {
            var end = attempt.Outcome ?? "none";
            Ends[end] = Ends.GetValueOrDefault(end) + 1;
            if (attempt.Outcome is null)
                Untrue += Note(account, $"attempt {attempt.Id} has no end");
            if (account.Told.TryGetValue(attempt.Id, out var told) && told != attempt.Outcome)
                Untrue += Note(account, $"attempt {attempt.Id} was told {told} and is {attempt.Outcome}");
            if (!attempt.SaysSaved && books.Numbers.Any(number => number.Generation == attempt.Generation))
                Untrue += Note(account, $"attempt {attempt.Id} is {attempt.Outcome}, and saved a number");
        }

        // The numbers of the last one that saved are there, whatever became of them since.
        if (books.Attempts.FirstOrDefault(attempt => attempt.SaysSaved) is { } last && books.Numbers.All(number => number.Generation != last.Generation))
            Untrue += Note(account, $"attempt {last.Id} is {last.Outcome}, and saved no number");
        if (account is { Last: Work.Disconnect, IsAnswered: true } && books.Holds)
            Untrue += Note(account, "told that it is disconnected, and is not");
        if (account is { Last: Work.Erase } && !books.IsEmpty)
            Untrue += Note(account, "told that it is erased, and is not");
    }

    private void LookAtEvents(KilledAccount account, Books books)
    {
        Events += books.Events.Length;
        var places = books.Events.Select(one => Handled.ToList().IndexOf(one.Id.ToString())).ToArray();
        foreach (var _ in places.Where(place => place < 0))
            LostEvents += Note(account, "an event was never handed over");
        foreach (var (earlier, later) in places.Zip(places.Skip(1)).Where(pair => pair.First > pair.Second && pair.Second >= 0))
            Disordered += Note(account, $"an event came as {later}, one before it as {earlier}");
        if (books.Numbers.Length == 0)
            return;

        var last = books.Events.LastOrDefault(one => one.Kind is AccountEvent.Connected or AccountEvent.Reconnected or AccountEvent.Disconnected)?.Kind;
        if (last is null || (!books.Holds && last is not AccountEvent.Disconnected) || (books.Holds && books.Events.All(one => one.Kind is AccountEvent.Disconnected)))
            LostEvents += Note(account, $"{(books.Holds ? "holds a number" : "holds nothing")}, and the last event is {last}");
    }

    /// <summary>What is open is pressed once; then nothing is, and the account is connected as Meta has it.</summary>
    private async Task FinishAsync(HostProcess host, KilledAccount account)
    {
        var (isConnected, open) = await account.StatusAsync(host);
        Open += open.Length;
        foreach (var (number, step) in open)
            await account.PressAsync(host, number, step);
        var (isFinished, left) = open.Length == 0 ? (isConnected, open) : await account.StatusAsync(host);
        if (left.Length > 0)
            Unfinished += Note(account, $"open after a press: {string.Join(' ', left)}");
        var books = await account.ReadAsync(host);
        var isSo = account.Numbers.Any(number => books.Numbers.Any(kept => kept.IsHeld && kept.Id == number.Id) && number is { PlatformType: "CLOUD_API", Waba.IsAppSubscribed: true });
        if ((isConnected || isFinished) && !isSo)
            Untrue += Note(account, "called connected, and is not");
    }

    private int Note(KilledAccount account, string problem)
    {
        Problems.Add($"{account.Name} ({account.Last}{(account.IsAnswered ? ", answered" : "")}): {problem}");
        return 1;
    }
}
