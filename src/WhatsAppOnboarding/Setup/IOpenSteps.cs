namespace WhatsAppOnboarding;

/// <summary>Finishes or repeats a step that is open for a number, at the wish of its account. Registered scoped.</summary>
public interface IOpenSteps
{
    /// <summary>
    /// Does one step for a number that the account holds. It looks at Meta first, so nothing is registered or verified that already is; and it does not
    /// stop when the caller goes away once it has begun.
    /// </summary>
    Task<StepOutcome> RunAsync(AccountId account, PhoneNumberId number, StepRequest request, CancellationToken cancellationToken = default);
}

/// <summary>What to do.</summary>
/// <param name="Step">One of <see cref="RequestedStep"/>.</param>
public sealed record StepRequest(string Step)
{
    /// <summary>For <c>register</c>: the number's own PIN, or one to set. Without it one that is kept is used, or a new one is made.</summary>
    public TwoStepPin? Pin { get; init; }

    /// <summary>For <c>verify_code</c>: the code, digits. A secret.</summary>
    public string? Code { get; init; }

    /// <summary>For <c>request_code</c>: how the code comes.</summary>
    public CodeMethod Method { get; init; }

    /// <summary>For <c>request_code</c>: in which language.</summary>
    public string Language { get; init; } = "en_US";

    /// <summary>The step's name; never the PIN or the code.</summary>
    public override string ToString() => Step;
}

/// <summary>What came of it.</summary>
/// <param name="Step">What was asked for.</param>
/// <param name="Code">Null when it is done; else the stable code of why not.</param>
/// <param name="Number">The number as its account may know it now; null when the account does not hold it.</param>
/// <param name="Budget">How many such calls Meta still takes for the number; null where Meta does not ration them.</param>
public sealed record StepOutcome(string Step, string? Code, PhoneNumberView? Number = null, StepBudget? Budget = null)
{
    /// <summary>Whether it is done.</summary>
    public bool Succeeded => Code is null;
}

/// <summary>How the rationed calls of a number stand.</summary>
/// <param name="Used">How many were made within the window.</param>
/// <param name="Limit">How many may be.</param>
/// <param name="NextAt">When the next one may be made; null for now.</param>
public sealed record StepBudget(int Used, int Limit, DateTimeOffset? NextAt);
