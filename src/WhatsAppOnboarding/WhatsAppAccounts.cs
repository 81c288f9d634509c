using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Disconnect;
using WhatsAppOnboarding.Status;

namespace WhatsAppOnboarding;

/// <summary>
/// What a host's own code may know and do for its accounts: how a connection stands, what became of attempts, a token to send with, the end of a
/// connection. The routes of <c>MapWhatsAppOnboarding()</c> answer the same. Registered scoped.
/// </summary>
public interface IWhatsAppAccounts
{
    /// <summary>How the account's connection stands, read from the authority now; the same as the status route answers.</summary>
    Task<OnboardingStatus> GetStatusAsync(AccountId account, CancellationToken cancellationToken = default);

    /// <summary>One attempt to connect; null when there is none with this id or it is another account's. Kept for 30 days.</summary>
    Task<AttemptView?> FindAttemptAsync(AccountId account, Guid attemptId, CancellationToken cancellationToken = default);

    /// <summary>The account's latest attempts, newest first, with the choices that wait; without the numbers that they connected (<see cref="AttemptView.Phones"/> is empty): ask for one attempt to have them.</summary>
    /// <param name="account">The account.</param>
    /// <param name="max">How many at most: 1 to 200, else an <see cref="ArgumentOutOfRangeException"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<AttemptView>> ListAttemptsAsync(AccountId account, int max = 50, CancellationToken cancellationToken = default);

    /// <summary>
    /// The token to send with, of a number that the account holds, read and opened now; or the code of why there is none. Do not keep it: it may be
    /// gone with the next disconnect.
    /// </summary>
    Task<PhoneNumberToken> GetTokenAsync(AccountId account, PhoneNumberId number, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes numbers inactive at once, then unsubscribes the app where no account needs it, then wipes their tokens. When Meta cannot be
    /// reached the account is disconnected all the same; the step stays open and the next call repeats it.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="scope">Which numbers; null for all.</param>
    /// <param name="cancellationToken">Gives up before anything is changed, never half-way.</param>
    Task<DisconnectResult> DisconnectAsync(AccountId account, DisconnectScope? scope = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// When a host deletes an account: disconnects it, then removes every row of it, even when Meta cannot be told.
    /// Call it before the host's own account row goes.
    /// </summary>
    Task<DisconnectResult> EraseAsync(AccountId account, CancellationToken cancellationToken = default);
}

internal sealed class WhatsAppAccounts(StatusReader status, AttemptReader attempts, DisconnectFlow disconnect) : IWhatsAppAccounts
{
    public Task<OnboardingStatus> GetStatusAsync(AccountId account, CancellationToken cancellationToken) => status.ReadAsync(account, cancellationToken);

    public Task<AttemptView?> FindAttemptAsync(AccountId account, Guid attemptId, CancellationToken cancellationToken) =>
        attempts.FindAsync(account, attemptId, cancellationToken);

    public Task<IReadOnlyList<AttemptView>> ListAttemptsAsync(AccountId account, int max, CancellationToken cancellationToken) =>
        attempts.ListAsync(account, max, cancellationToken);

    public Task<PhoneNumberToken> GetTokenAsync(AccountId account, PhoneNumberId number, CancellationToken cancellationToken) =>
        status.GetTokenAsync(account, number, cancellationToken);

    public Task<DisconnectResult> DisconnectAsync(AccountId account, DisconnectScope? scope, CancellationToken cancellationToken) =>
        disconnect.DisconnectAsync(account, scope, cancellationToken);

    public Task<DisconnectResult> EraseAsync(AccountId account, CancellationToken cancellationToken) => disconnect.EraseAccountAsync(account, cancellationToken);
}
