namespace WhatsAppOnboarding.Stores;

/// <summary>
/// What is asked for at the same time is done together: while one round is under way the next one gathers, so that nobody waits where nothing else is going on, and the more
/// there is the less each costs.
/// </summary>
/// <param name="most">How many one round takes.</param>
/// <param name="run">Does it, and answers for each in the same order.</param>
/// <param name="rounds">How many rounds may be under way at once.</param>
internal sealed class Together<TAsked, TAnswer>(int most, Func<IReadOnlyList<TAsked>, Task<IReadOnlyList<TAnswer>>> run, int rounds = 1)
{
    private readonly Queue<(TAsked Asked, TaskCompletionSource<TAnswer> Answer)> _waiting = [];
    private int _running;

    /// <param name="asked">What is asked for.</param>
    /// <param name="cancellationToken">Ends the wait, not what is under way.</param>
    public Task<TAnswer> AddAsync(TAsked asked, CancellationToken cancellationToken = default)
    {
        var answer = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool begins;
        lock (_waiting)
        {
            _waiting.Enqueue((asked, answer));
            begins = _running < rounds;
            if (begins)
                _running++;
        }

        if (begins)
            _ = RunAsync();
        return answer.Task.WaitAsync(cancellationToken);
    }

    private async Task RunAsync()
    {
        while (Take() is { Count: > 0 } round)
        {
            try
            {
                var answers = await run([.. round.Select(one => one.Asked)]).ConfigureAwait(false);
                for (var index = 0; index < round.Count; index++)
                    round[index].Answer.SetResult(answers[index]);
            }
            catch (Exception exception)
            {
                foreach (var (_, answer) in round)
                    answer.TrySetException(exception);
            }
        }
    }

    private List<(TAsked Asked, TaskCompletionSource<TAnswer> Answer)> Take()
    {
        var round = new List<(TAsked, TaskCompletionSource<TAnswer>)>();
        lock (_waiting)
        {
            while (round.Count < most && _waiting.TryDequeue(out var one))
                round.Add(one);
            if (round.Count == 0)
                _running--;
        }

        return round;
    }
}
