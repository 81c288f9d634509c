using System.Text.Json;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Disconnect;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Notices;
using WhatsAppOnboarding.Status;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding;

/// <summary>
/// What a host's own code may know and do for its accounts: how a connection stands, what became of attempts, a token to send with, the end of a
/// connection. The routes of <c>MapWhatsAppOnboarding()</c> answer the same. Registered scoped.
/// </summary>
public interface IWhatsAppAccounts
{
    /// <summary>How the account's connection stands, read from the authority now; the same as the status route answers.</summary>
    Task<OnboardingStatus> GetStatusAsync(AccountId account, CancellationToken cancellationToken = default);

    /// <summary>
    /// All that the account must do now and soon, newest first, in words; empty where nothing is due. It follows from the status and from choices that wait, and holds only
    /// what the account can do, and once, without more, that the people who run the service work on something. The same as the attention route answers.
    /// </summary>
    Task<IReadOnlyList<AttentionItem>> GetAttentionAsync(AccountId account, CancellationToken cancellationToken = default);

    /// <summary>One attempt to connect; null when there is none with this id or it is another account's. Kept for 30 days.</summary>
    Task<AttemptView?> FindAttemptAsync(AccountId account, Guid attemptId, CancellationToken cancellationToken = default);

    /// <summary>The account's latest attempts, newest first, with the choices that wait; without the numbers that they connected (<see cref="AttemptView.Phones"/> is empty): ask for one attempt to have them.</summary>
    /// <param name="account">The account.</param>
    /// <param name="max">How many at most: 1 to 200, else an <see cref="ArgumentOutOfRangeException"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<AttemptView>> ListAttemptsAsync(AccountId account, int max = 50, CancellationToken cancellationToken = default);

    /// <summary>
    /// The token to send with, of a number that the account holds, read and opened now; or the code of why there is none. Do not keep it: it may be
    /// gone with the next disconnect. A token does not mean that sending works: look at <see cref="PhoneNumberView.CanSend"/> of the status.
    /// </summary>
    Task<PhoneNumberToken> GetTokenAsync(AccountId account, PhoneNumberId number, CancellationToken cancellationToken = default);

    /// <summary>
    /// Says that a call to Meta with a token of <see cref="GetTokenAsync"/> failed. Report every error: what it says of the number shows at once in status and account
    /// events, long before upkeep would find it, and what concerns only the message or passes by itself changes nothing.
    /// </summary>
    /// <remarks>
    /// Code 190, or whatever else has the stable code <see cref="ErrorCodes.TokenInvalid"/>, is believed only of the token that the number has now; then no number that
    /// was connected with it counts as connected any more. So are missing permissions (10, 200 to 299). Of the number itself speak 131042 (payment), 131031 and 368
    /// (account locked or blocked), 133010 (not registered), 131037 (name not approved), 131048 and 131064 (limits). A failed message that Meta reports by
    /// webhook needs no report. The same again changes nothing.
    /// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
    /// </remarks>
    /// <param name="account">The account.</param>
    /// <param name="number">The number that the call was for; nothing happens if the account does not hold it.</param>
    /// <param name="token">The token that the call was made with.</param>
    /// <param name="error">What the call ended in.</param>
    /// <param name="cancellationToken">Gives up before the commit; after that it only ends the wait for the host's handlers.</param>
    Task ReportFailureAsync(AccountId account, PhoneNumberId number, AccessToken token, GraphError error, CancellationToken cancellationToken = default);

    /// <summary>
    /// What happened to the account, oldest first: who connected, disconnected, read a PIN, ran a step or made a link, what Meta said and what followed, each with its time
    /// (<see cref="AccountEvent.Origin"/>, <see cref="AccountEvent.Person"/>). Kept for <see cref="WhatsAppOnboardingOptions.AccountEventLife"/>, and gone with the account.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="since">Only what happened at this time or later; null for all. With the time of the last one the list goes on, that one again included.</param>
    /// <param name="max">How many at most: 1 to 1,000, else an <see cref="ArgumentOutOfRangeException"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<AccountEvent>> ListEventsAsync(AccountId account, DateTimeOffset? since = null, int max = 100, CancellationToken cancellationToken = default);

    /// <summary>
    /// All that the library keeps of the account, as JSON: numbers with their evidence, open steps, findings and notices, starts and attempts, links, account events, and what is known of webhook
    /// items, of parked ones also what customers wrote. No token, PIN, code or hash. Hand it to nobody but the account.
    /// </summary>
    /// <remarks>
    /// docs/export.schema.json describes it. Read without a lock, so what is written meanwhile may be in it or not. Dispose of it. Of an account that is unknown it is the same
    /// document, with nothing in its lists.
    /// </remarks>
    Task<JsonDocument> ExportAsync(AccountId account, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes numbers inactive at once, then unsubscribes the app where no account needs it, then wipes their tokens. When Meta cannot be
    /// reached the account is disconnected all the same; the step stays open, and upkeep repeats it, like the next call.
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

internal sealed class WhatsAppAccounts(
    StatusReader status, AttemptReader attempts, AttemptUndo undo, DisconnectFlow disconnect, NoticeFollower notices, ParkedEvents events, AccountExport export) : IWhatsAppAccounts
{
    private const int MaxEvents = 1_000;
    // A choice waits 25 minutes, and an account has few attempts in that time.
    private const int WaitingAtMost = 30;

    public Task<OnboardingStatus> GetStatusAsync(AccountId account, CancellationToken cancellationToken) => status.ReadAsync(account, cancellationToken);

    public async Task<IReadOnlyList<AttentionItem>> GetAttentionAsync(AccountId account, CancellationToken cancellationToken)
    {
        var latest = await attempts.ListAsync(account, WaitingAtMost, cancellationToken).ConfigureAwait(false);
        var choices = latest.Where(attempt => attempt.Choice is not null).Select(attempt => new OpenChoice(attempt.AttemptId, attempt.EndedAt, attempt.Choice!.Until));
        return await status.ReadAttentionAsync(account, choices, cancellationToken).ConfigureAwait(false);
    }

    public Task<AttemptView?> FindAttemptAsync(AccountId account, Guid attemptId, CancellationToken cancellationToken) =>
        attempts.FindAsync(account, attemptId, cancellationToken);

    public Task<IReadOnlyList<AttemptView>> ListAttemptsAsync(AccountId account, int max, CancellationToken cancellationToken) =>
        attempts.ListAsync(account, max, cancellationToken);

    public Task<PhoneNumberToken> GetTokenAsync(AccountId account, PhoneNumberId number, CancellationToken cancellationToken) =>
        status.GetTokenAsync(account, number, cancellationToken);

    public async Task ReportFailureAsync(AccountId account, PhoneNumberId number, AccessToken token, GraphError error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(error);
        using var actor = Actor.Enter(Actor.Meta, account);
        await notices.FailedAsync(account, number, token, error, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<AccountEvent>> ListEventsAsync(AccountId account, DateTimeOffset? since, int max, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, MaxEvents);
        return [.. (await events.ListAsync(account, since, parked: false, max, cancellationToken).ConfigureAwait(false)).Select(stored => stored.Event)];
    }

    public Task<JsonDocument> ExportAsync(AccountId account, CancellationToken cancellationToken) => export.RunAsync(account, cancellationToken);

    public async Task<DisconnectResult> DisconnectAsync(AccountId account, DisconnectScope? scope, CancellationToken cancellationToken)
    {
        using var actor = Actor.Enter(Actor.Account, account);
        return await disconnect.DisconnectAsync(account, scope, cancellationToken).ConfigureAwait(false);
    }

    public async Task<DisconnectResult> EraseAsync(AccountId account, CancellationToken cancellationToken)
    {
        using var actor = Actor.Enter(Actor.Account, account);
        await undo.RunAsync(account, cancellationToken).ConfigureAwait(false);
        return await disconnect.EraseAccountAsync(account, cancellationToken).ConfigureAwait(false);
    }
}
