using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace WebHost.Accounts;

/// <summary>The latest of what happened to an account, with the people who did it by the addresses that they sign in with.</summary>
public sealed class AuditList(IWhatsAppAccounts accounts, UserManager<AppUser> users)
{
    public const int Shown = 25;

    /// <summary>How far it looks back.</summary>
    public const int Days = 90;

    private const int Read = 1_000;

    public async Task<IReadOnlyList<AuditLine>> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        var latest = await LatestAsync(account, cancellationToken);
        var id = account.ToString();
        string[] people = [.. latest.Where(one => one.Origin is "account").Select(one => one.Person).OfType<string>().Distinct()];
        var addresses = await users.Users.Where(user => user.AccountId == id && people.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Email, cancellationToken);
        var numbers = (await accounts.GetStatusAsync(account, cancellationToken)).PhoneNumbers.ToDictionary(number => number.Id, number => number.DisplayPhone);
        return [.. latest.Select(one => new AuditLine($"{AuditLine.TextOf(one)}{About(one, numbers)}", WhoOf(one, addresses), one.At))];
    }

    /// <summary>Newest first. The library lists the oldest first, a page at a time.</summary>
    private async Task<AccountEvent[]> LatestAsync(AccountId account, CancellationToken cancellationToken)
    {
        var latest = new List<AccountEvent>();
        var since = DateTimeOffset.UtcNow.AddDays(-Days);
        while (await accounts.ListEventsAsync(account, since, Read, cancellationToken) is { Count: > 0 } page)
        {
            latest = [.. latest.Concat(page).DistinctBy(one => one.Id).TakeLast(Shown)];
            if (page.Count < Read || page[^1].At == since)
                break;
            since = page[^1].At;
        }

        latest.Reverse();
        return [.. latest];
    }

    private static string About(AccountEvent one, Dictionary<string, string?> numbers) => one.Numbers.Count switch
    {
        0 => "",
        1 => $", {numbers.GetValueOrDefault(one.Numbers[0].ToString()) ?? $"number {one.Numbers[0]}"}",
        var count => $", {count} numbers",
    };

    private static string WhoOf(AccountEvent one, Dictionary<string, string?> addresses) => (one.Person, one.Origin) switch
    {
        (_, "operator") => "Our operators",
        ({ } label, "link") => $"By the link for “{label}”",
        (null, "link") => "By a link",
        ({ } person, _) => addresses.GetValueOrDefault(person) ?? (person.Contains('@', StringComparison.Ordinal) ? person : "Somebody who is gone"),
        (null, "meta") => "Meta",
        (null, "account") => "This account",
        _ => "By itself",
    };
}

/// <summary>One thing that happened.</summary>
/// <param name="Text">What, in words.</param>
/// <param name="Who">Who or what did it.</param>
/// <param name="At">When.</param>
public sealed record AuditLine(string Text, string Who, DateTimeOffset At)
{
    public static string TextOf(AccountEvent one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return one.Kind switch
        {
            AccountEvent.Connected => "Connected",
            AccountEvent.Reconnected => "Connected again",
            AccountEvent.Disconnected => $"Disconnected ({one.Reason})",
            AccountEvent.Paused => "Sending paused",
            AccountEvent.Resumed => "Sending goes on",
            AccountEvent.Noticed => $"Told by Meta: {one.Notice?.Event}",
            AccountEvent.NumberShared => "Connected by another account, too",
            AccountEvent.PinRead => "PIN shown",
            AccountEvent.StepRun => $"Step run: {one.Step}",
            AccountEvent.NeedsAttention => $"Needs attention: {one.Reason}",
            AccountEvent.WellAgain => $"Well again: {one.Reason}",
            AccountEvent.TokenEnding => "Access ends soon",
            AccountEvent.AttemptAbandoned => "An attempt to connect broke off",
            AccountEvent.LinkCreated => "Somebody was invited by a link",
            AccountEvent.LinkUsed => "A link was used",
            AccountEvent.LinkRevoked => "A link was taken back",
            _ => one.Kind,
        };
    }
}
