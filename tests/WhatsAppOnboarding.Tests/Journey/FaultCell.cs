using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Tests.Journey;

/// <summary>How often a fault comes in a story.</summary>
internal enum FaultSpread
{
    /// <summary>With the first call of the operation.</summary>
    Once = 0,

    /// <summary>With every call of the operation.</summary>
    Always = 1,

    /// <summary>With the first call of the operation and every call of any operation after it: an outage that begins there.</summary>
    FromThenOn = 2,
}

/// <summary>One cell of the matrix: in this story, calls of this operation go wrong in this way.</summary>
internal sealed record FaultCell(FaultStory Story, IReadOnlyCollection<string> Operations, string Operation, FaultKind Kind, FaultSpread Spread, bool Retries = false)
{
    /// <summary>Every cell of a story that makes these calls.</summary>
    public static IEnumerable<FaultCell> Of(FaultStory story, IReadOnlyCollection<string> operations) =>
        from operation in operations
        from kind in FaultKind.All
        from cell in (FaultCell[])
        [
            new(story, operations, operation, kind, FaultSpread.Once),
            .. kind.IsOnePerKind ? (FaultCell[])[new(story, operations, operation, kind, FaultSpread.Always), new(story, operations, operation, kind, FaultSpread.FromThenOn)] : [],
            .. kind.MayPass ? (FaultCell[])[new(story, operations, operation, kind, FaultSpread.Once, Retries: true)] : [],
        ]
        select cell;

    public override string ToString() => $"{Story.Name} × {Operation} × {Kind.Name} × {Spread}{(Retries ? " × with retries" : "")}";
}

/// <summary>A way in which a call goes wrong.</summary>
internal sealed record FaultKind(string Name, Fault Fault)
{
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        new("refused (100)", Fault.Error(400, 100)) { IsOnePerKind = true },
        .. new[] { 4, 17, 32, 613, 341, 80007, 80008, 130429 }.Select(code => new FaultKind($"throttled ({code})", Fault.Error(400, code)) { IsOnePerKind = code is 4 }),
        new("no permission (10)", Fault.Error(403, 10)) { IsLoss = true },
        new("no permission (200)", Fault.Error(403, 200)) { IsOnePerKind = true, IsLoss = true },
        new("token refused (190)", Fault.Error(401, 190)) { IsOnePerKind = true, IsLoss = true },
        new("down (500, 2)", Fault.Error(500, 2)) { IsOnePerKind = true, MayPass = true },
        new("silent before", Fault.Hang()) { IsOnePerKind = true, Hangs = true, MayPass = true },
        new("silent after", Fault.AfterEffect(Fault.Hang())) { IsOnePerKind = true, Hangs = true, IsAfter = true, MayPass = true },
        new("reset before", Fault.Reset()) { IsOnePerKind = true, MayPass = true },
        new("reset after", Fault.AfterEffect()) { IsOnePerKind = true, IsAfter = true, MayPass = true },
        new("a page (200)", Fault.Html(200)) { IsOnePerKind = true },
        new("a page (502)", Fault.Html()),
        new("truncated", Fault.Truncated()) { IsOnePerKind = true, IsAfter = true },
    ];

    /// <summary>Whether it stands for others like it where cells are few.</summary>
    public bool IsOnePerKind { get; init; }

    /// <summary>Whether nothing is answered.</summary>
    public bool Hangs { get; init; }

    /// <summary>Whether Meta did what was asked.</summary>
    public bool IsAfter { get; init; }

    /// <summary>Whether Meta says plainly that the token may not do that.</summary>
    public bool IsLoss { get; init; }

    /// <summary>Whether a safe call that meets it is repeated by itself.</summary>
    public bool MayPass { get; init; }
}
