namespace WhatsAppOnboarding;

/// <summary>A step to do for a number.</summary>
public sealed record StepRequest
{
    /// <summary>One of <see cref="RequestedStep"/>.</summary>
    public required string Step { get; init; }

    /// <summary>Of <c>register</c>: the number's own PIN, or one to set. Without it one that is kept is used, or a new one is made.</summary>
    public TwoStepPin? Pin { get; init; }

    /// <summary>Of <c>verify_code</c>: the verification code, digits. A secret.</summary>
    public string? Code { get; init; }

    /// <summary>Of <c>request_code</c>: how the code comes. Default: by text message.</summary>
    public CodeMethod Method { get; init; }

    /// <summary>Of <c>request_code</c>: in which language, such as <c>en_US</c>, the default.</summary>
    public string Language { get; init; } = "en_US";

    /// <summary>The step's name; never the PIN or the code.</summary>
    public override string ToString() => Step;
}

/// <summary>What came of a step.</summary>
public sealed record StepOutcome
{
    /// <summary>The step that was asked for.</summary>
    public required string Step { get; init; }

    /// <summary>Null when it is done; else the stable code of why not.</summary>
    public string? Code { get; init; }

    /// <summary>The number as its account may know it now; null when the account does not hold it.</summary>
    public PhoneNumberView? Number { get; init; }

    /// <summary>How many such calls Meta still takes for the number; null where Meta does not ration them.</summary>
    public StepBudget? Budget { get; init; }

    /// <summary>Whether it is done.</summary>
    public bool Succeeded => Code is null;
}

/// <summary>How the rationed calls of a number stand.</summary>
public sealed record StepBudget
{
    /// <summary>How many were made within the window.</summary>
    public required int Used { get; init; }

    /// <summary>How many may be.</summary>
    public required int Limit { get; init; }

    /// <summary>When the next one may be made; null for now.</summary>
    public DateTimeOffset? NextAt { get; init; }
}
