using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>Reads starts and what became of them. A choice is the rest of the attempt that asked for it, and a code that came late is of the start that it began with.</summary>
internal sealed class FunnelReader(AttemptRecords store)
{
    /// <summary>More than this is not read: the newest count.</summary>
    private const int MaxStarts = 100_000;

    private const int ReadAtOnce = 500;
    private const string UnderWay = "under_way";

    private static readonly string[] Steps = ["started", "opened", "code", "exchanged", "inspected", "listed", "saved", "registered", "connected"];

    public async Task<IReadOnlyList<FunnelGroup>> ReadAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var read = new Dictionary<Guid, Course>();
        for (var skip = 0; skip < MaxStarts; skip += ReadAtOnce)
        {
            var starts = await store.ListStartsAsync(null, since, skip, ReadAtOnce, cancellationToken).ConfigureAwait(false);
            foreach (var course in await CoursesAsync(starts, cancellationToken).ConfigureAwait(false))
                read[course.Start.Id] = course;
            if (starts.Count < ReadAtOnce)
                break;
        }

        var all = read.Values;
        return
        [
            GroupOf("all", "", [.. all]),
            .. Groups("way", course => course.Start.Way),
            .. Groups("outcome", course => course.Outcome),
            .. Groups("language", course => course.Start.Language),
        ];

        IEnumerable<FunnelGroup> Groups(string by, Func<Course, string> name) =>
            all.GroupBy(name).OrderByDescending(of => of.Count()).ThenBy(of => of.Key, StringComparer.Ordinal).Select(of => GroupOf(by, of.Key, [.. of]));
    }

    private async Task<IEnumerable<Course>> CoursesAsync(IReadOnlyList<StartedAttempt> starts, CancellationToken cancellationToken)
    {
        var attempts = await FindAsync(starts.Select(start => start.Id)).ConfigureAwait(false);
        var asked = attempts.Values.Where(attempt => attempt.Outcome == AttemptView.Choose).Select(attempt => ConnectAttempts.ChoiceOf(attempt.AccountId, attempt.Id));
        var choices = await FindAsync(asked).ConfigureAwait(false);
        return starts.Select(start => attempts.GetValueOrDefault(start.Id) is { } attempt
            ? new Course(start, attempt, choices.GetValueOrDefault(ConnectAttempts.ChoiceOf(attempt.AccountId, attempt.Id)))
            : new Course(start, null, null));

        async Task<Dictionary<Guid, ConnectAttempt>> FindAsync(IEnumerable<Guid> ids) => ids.ToArray() is { Length: > 0 } some
            ? (await store.FindAllAsync(some, cancellationToken).ConfigureAwait(false)).ToDictionary(attempt => attempt.Id)
            : [];
    }

    private static FunnelGroup GroupOf(string by, string name, IReadOnlyList<Course> courses)
    {
        DateTimeOffset?[][] reached = [.. courses.Select(course => course.Reached())];
        return new FunnelGroup { By = by, Name = name, Count = courses.Count, Steps = [.. Steps.Select((step, place) => StepOf(step, place))] };

        FunnelStep StepOf(string step, int place)
        {
            double[] seconds = [.. courses.Select((course, one) => (reached[one][place] - course.Start.StartedAt)?.TotalSeconds).OfType<double>().Order()];
            return new FunnelStep
            {
                Step = step,
                Count = seconds.Length,
                Share = courses.Count == 0 ? 0 : (double)seconds.Length / courses.Count,
                MedianSeconds = seconds.Length == 0 ? null : Math.Max(0, seconds[seconds.Length / 2]),
            };
        }
    }

    /// <summary>A start with what became of it.</summary>
    private sealed record Course(StartedAttempt Start, ConnectAttempt? Attempt, ConnectAttempt? Choice)
    {
        private ConnectAttempt? Last => Choice ?? Attempt;

        public string Outcome => Last is { } last ? last.Outcome ?? UnderWay : Start.Outcome ?? UnderWay;

        /// <summary>When each step was reached; null for one that was not.</summary>
        public DateTimeOffset?[] Reached()
        {
            var code = StepOf(StepNames.Exchange) is null ? (DateTimeOffset?)null : Attempt!.ClaimedAt;
            var saved = Good(StepNames.Save);
            var isOpen = All.Any(step => step.Step is StepNames.Register or StepNames.Verify && step.Result is not ("ok" or AttemptStep.Begun));
            return
            [
                Start.StartedAt,
                Start.OpenedAt ?? (Start.Way is ConnectWay.Browser or ConnectWay.Link ? Start.StartedAt : code),
                code,
                Good(StepNames.Exchange),
                Good(StepNames.Inspect),
                Good(StepNames.List),
                saved,
                saved is null || isOpen ? null : Good(StepNames.Register) ?? saved,
                Outcome == AttemptView.Connected ? Last!.EndedAt : null,
            ];
        }

        private IEnumerable<AttemptStep> All => (Attempt?.Steps ?? []).Concat(Choice?.Steps ?? []);

        private AttemptStep? StepOf(string name) => All.FirstOrDefault(step => step.Step == name);

        private DateTimeOffset? Good(string name) => All.Where(step => step.Step == name && step.Result == "ok").Select(step => (DateTimeOffset?)step.EndedAt).FirstOrDefault();
    }
}
