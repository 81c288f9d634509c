namespace WhatsAppOnboarding;

/// <summary>What finishes an account's numbers: steps that are open, the PINs that are kept, and links for people without a login in the host. Registered scoped.</summary>
public interface IWhatsAppSetup
{
    /// <summary>
    /// Does one step for a number that the account holds, at the wish of a person. It looks at Meta first, so nothing is registered or verified that
    /// already is; and it does not stop when the caller goes away once it has begun.
    /// </summary>
    Task<StepOutcome> RunStepAsync(AccountId account, PhoneNumberId number, StepRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// The PIN of one of the account's numbers, disconnected ones too; null when none is kept or it can no longer be opened. Every reading is recorded
    /// before the PIN is shown.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="number">The number.</param>
    /// <param name="reader">Who reads it, as the host names the person: for the record.</param>
    /// <param name="cancellationToken">Gives up before anything is recorded.</param>
    Task<KeptPin?> ReadPinAsync(AccountId account, PhoneNumberId number, string? reader = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes a link by which a person without a login in the host connects WhatsApp for the account; its address (<see cref="SetupLink.RevealUrl"/>) is known only to what this
    /// returns. The page behind it needs <c>app.MapWhatsAppLinks()</c> and <see cref="SetupLinkOptions.ServiceName"/>. Who has the address can use it: hand it to that person alone.
    /// </summary>
    /// <exception cref="ArgumentException">The request makes no sense; the text says the cure.</exception>
    /// <exception cref="InvalidOperationException">Links are not set up, or the account has too many that are not used yet; the text says the cure.</exception>
    Task<SetupLink> CreateLinkAsync(AccountId account, SetupLinkRequest request, CancellationToken cancellationToken = default);

    /// <summary>The account's links, newest first, with what became of each: all that can be used, and of the others the newest, 500 at least, until 30 days after they expire.</summary>
    Task<IReadOnlyList<SetupLink>> ListLinksAsync(AccountId account, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes a link back: from then on nothing is connected by it, also when its person is at Meta now. Nothing changes of one that has ended. Returns the link as it is
    /// now; null when the account has none of this id.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="id">The link.</param>
    /// <param name="person">Who does it, as the host names the person: for the record.</param>
    /// <param name="cancellationToken">Gives up before anything is changed.</param>
    Task<SetupLink?> RevokeLinkAsync(AccountId account, Guid id, string? person = null, CancellationToken cancellationToken = default);
}

/// <summary>A step to do for a number.</summary>
public sealed record StepRequest
{
    private const int MaxCode = 10;

    /// <summary>
    /// Which one: <see cref="StepNames.Subscribe"/>, <see cref="StepNames.Register"/>, <see cref="StepNames.RequestCode"/>, <see cref="StepNames.VerifyCode"/>,
    /// <see cref="StepNames.SyncContacts"/> or <see cref="StepNames.SyncHistory"/>.
    /// </summary>
    public required string Step { get; init; }

    /// <summary>Of <c>register</c>: the number's own PIN, or one to set. Without it one that is kept is used, or a new one is made.</summary>
    public TwoStepPin? Pin { get; init; }

    /// <summary>Of <c>verify_code</c>: the verification code, digits. A secret: it is handed in and never shown again.</summary>
    public string? Code { internal get; init; }

    /// <summary>Of <c>request_code</c>: whether the code comes by a call, for numbers that take no text messages. Default: by text message.</summary>
    public bool ByCall { get; init; }

    /// <summary>Of <c>request_code</c>: in which language, such as <c>en_US</c>, the default.</summary>
    public string Language { get; init; } = "en_US";

    /// <summary>The step's name; never the PIN or the code.</summary>
    public override string ToString() => Step;

    /// <summary>Whether it is one that an account may ask for, and a code has the shape of one: digits, no more than any has.</summary>
    internal bool MakesSense() => StepTable.CanBeRequested(Step)
        && (Step is not StepNames.VerifyCode || (Code is { Length: > 0 and <= MaxCode } && Code.All(char.IsAsciiDigit)));
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

/// <summary>A PIN that is kept of a number.</summary>
public sealed record KeptPin
{
    /// <summary>The PIN.</summary>
    public required TwoStepPin Pin { get; init; }

    /// <summary>Whether Meta took it; if not, it may be the number's PIN or not.</summary>
    public required bool IsConfirmed { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset StoredAt { get; init; }

    /// <summary>PINs stored before, newest first, while it is not known which one Meta took.</summary>
    public IReadOnlyList<TwoStepPin> Earlier { get; init; } = [];
}
