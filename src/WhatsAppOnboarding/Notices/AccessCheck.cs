using System.Collections.Concurrent;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Notices;

/// <summary>
/// Asks Meta, with each number's own token, whether it still shows the number. Only a complete list and a definite refusal are answers; silence, limits and
/// faults are none.
/// </summary>
internal sealed class AccessCheck(IGraphClient graph, NumberSealing protection, TimeProvider time) : IDisposable
{
    private const int AskedAtOnce = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly Lazy<CancellationTokenSource> _patience = new(() => new CancellationTokenSource(Patience, time));

    /// <summary>As <see cref="AskAsync(IEnumerable{PhoneNumber}, CancellationToken)"/>. All questions of one scope share their time, so that a webhook does not wait once for each account.</summary>
    public async Task<IReadOnlyList<AccessAnswer>> AskInTimeAsync(IEnumerable<PhoneNumber> numbers, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_patience.Value.Token, cancellationToken);
        return await AskAsync(numbers, either.Token).ConfigureAwait(false);
    }

    /// <summary>What Meta answered, about those numbers that it answered about before the deadline.</summary>
    public async Task<IReadOnlyList<AccessAnswer>> AskAsync(IEnumerable<PhoneNumber> numbers, CancellationToken deadline)
    {
        var answers = new ConcurrentBag<AccessAnswer>();
        await Parallel.ForEachAsync(
            numbers.GroupBy(number => (number.WabaId, Token: protection.Open(number)?.Reveal())),
            new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce },
            async (waba, _) =>
            {
                foreach (var answer in await AskAsync(waba.Key.WabaId, [.. waba], deadline).ConfigureAwait(false))
                    answers.Add(answer);
            }).ConfigureAwait(false);
        return [.. answers];
    }

    public void Dispose()
    {
        if (_patience.IsValueCreated)
            _patience.Value.Dispose();
    }

    private async Task<IEnumerable<AccessAnswer>> AskAsync(WabaId waba, PhoneNumber[] numbers, CancellationToken deadline)
    {
        if (protection.Open(numbers[0]) is not { } token)
            return [];
        var askedAt = time.GetUtcNow();
        try
        {
            var listed = await graph.ReadAllAsync(after => NumberCalls.ListNumbers(token, waba, after), deadline).ConfigureAwait(false);
            return listed.Succeeded || listed.Error.IsLoss
                ? numbers.Select(number => new AccessAnswer(number, listed.Value?.Any(shown => shown.Id == number.PhoneNumberId) is true, askedAt) { Works = listed.Succeeded })
                    .Where(answer => answer.IsShown || !listed.IsCutShort)
                : [];
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return [];
        }
    }
}

/// <summary>What Meta answered about a number.</summary>
/// <param name="Asked">The number as it was when Meta was asked.</param>
/// <param name="IsShown">Whether its token still shows it.</param>
/// <param name="AskedAt">When Meta was asked.</param>
internal sealed record AccessAnswer(PhoneNumber Asked, bool IsShown, DateTimeOffset AskedAt)
{
    /// <summary>Whether the token opens the WABA, so that the app can leave it.</summary>
    public bool Works { get; init; }

    /// <summary>What follows from it: null when nothing does, because it was connected anew or something newer was said since.</summary>
    public PhoneNumber? Settle(AccountPhoneNumbers account, DateTimeOffset now) =>
        account.Find(Asked.PhoneNumberId) is { IsHeld: true } number
        && number.Generation == Asked.Generation
        && number.Notice(MetaNotice.AccessKind) is { StopsSending: true } doubt
        && doubt == Asked.Notice(MetaNotice.AccessKind)
            ? IsShown ? Undone(number, doubt) : Disconnected(number, doubt, now)
            : null;

    private PhoneNumber Undone(PhoneNumber number, MetaNotice doubt) =>
        number.WithNotice(doubt with { StopsSending = false, Undone = true }).Answered(true, AskedAt);

    private PhoneNumber Disconnected(PhoneNumber number, MetaNotice doubt, DateTimeOffset now) =>
        number.WithNotice(doubt with { StopsSending = false }).Disconnected(MetaEvents.ReasonOf(doubt), now, doubt.Initiator, Works && number.UnprovedSince is null ? now + LeavingTransitions.TokenKept : null);
}
