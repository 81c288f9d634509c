namespace WhatsAppOnboarding;

/// <summary>Something that happened to an account's numbers and is committed. Told in this process only, and not again after a crash.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="At">When.</param>
public abstract record AccountEvent(AccountId AccountId, DateTimeOffset At);

/// <summary>Numbers were connected, or connected again.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="At">When.</param>
/// <param name="Numbers">All numbers of the grant.</param>
public sealed record Connected(AccountId AccountId, DateTimeOffset At, IReadOnlyList<PhoneNumberId> Numbers) : AccountEvent(AccountId, At);

/// <summary>Numbers became inactive.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="At">When.</param>
/// <param name="Numbers">Which.</param>
/// <param name="Reason">Why, such as <c>requested</c> or <c>gone_at_meta</c>.</param>
/// <param name="Initiator">Who caused it at Meta, if Meta said: <c>USER</c> or <c>SYSTEM</c>.</param>
public sealed record Disconnected(
    AccountId AccountId, DateTimeOffset At, IReadOnlyList<PhoneNumberId> Numbers, string Reason, string? Initiator = null) : AccountEvent(AccountId, At);

/// <summary>Sending with numbers stopped, because of what Meta said. They are still held, and still receive.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="At">When.</param>
/// <param name="Numbers">Which.</param>
/// <param name="Notice">What Meta said.</param>
public sealed record Paused(AccountId AccountId, DateTimeOffset At, IReadOnlyList<PhoneNumberId> Numbers, MetaNotice Notice) : AccountEvent(AccountId, At);

/// <summary>A pause is over.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="At">When.</param>
/// <param name="Numbers">Which.</param>
/// <param name="Notice">What ended it: what Meta said, or what turned out not to be so.</param>
public sealed record Resumed(AccountId AccountId, DateTimeOffset At, IReadOnlyList<PhoneNumberId> Numbers, MetaNotice Notice) : AccountEvent(AccountId, At);

/// <summary>Meta said something of numbers that was noted; what else it changed is told by events of its own.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="At">When.</param>
/// <param name="Numbers">Which.</param>
/// <param name="Notice">What Meta said.</param>
public sealed record Noticed(AccountId AccountId, DateTimeOffset At, IReadOnlyList<PhoneNumberId> Numbers, MetaNotice Notice) : AccountEvent(AccountId, At);

/// <summary>A number of the account is held by another account, too. With whom it is shared is never told.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="At">When.</param>
/// <param name="Number">Which.</param>
public sealed record NumberShared(AccountId AccountId, DateTimeOffset At, PhoneNumberId Number) : AccountEvent(AccountId, At);

/// <summary>A person read the PIN that is kept for a number; or is about to, for this is told first.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="At">When.</param>
/// <param name="Number">Which.</param>
/// <param name="Reader">Who, as the host names the person; null when it did not say.</param>
public sealed record PinRead(AccountId AccountId, DateTimeOffset At, PhoneNumberId Number, string? Reader) : AccountEvent(AccountId, At);
