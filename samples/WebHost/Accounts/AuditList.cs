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
        var events = await accounts.ListEventsAsync(account, DateTimeOffset.UtcNow.AddDays(-Days), Read, cancellationToken);
        AccountEvent[] latest = [.. events.Reverse().Take(Shown)];
        string[] people = [.. latest.Select(one => one.Person).OfType<string>().Distinct()];
        var addresses = await users.Users.Where(user => people.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Email, cancellationToken);
        var numbers = (await accounts.GetStatusAsync(account, cancellationToken)).PhoneNumbers.ToDictionary(number => number.Id, number => number.DisplayPhone);
        return [.. latest.Select(one => new AuditLine($"{AuditLine.TextOf(one)}{About(one, numbers)}", WhoOf(one, addresses), one.At))];
    }

    private static string About(AccountEvent one, Dictionary<string, string?> numbers) => one.Numbers.Count switch
    {
        0 => "",
        1 => $", {numbers.GetValueOrDefault(one.Numbers[0].ToString()) ?? $"number {one.Numbers[0]}"}",
        var count => $", {count} numbers",
    };

    private static string WhoOf(AccountEvent one, Dictionary<string, string?> addresses) => (one.Person, one.Origin) switch
    {
        ({ } person, "link") => $"{person}, by a link",
        (null, "link") => "Somebody with a link",
        ({ } person, _) => addresses.GetValueOrDefault(person) ?? (person.Contains('@', StringComparison.Ordinal) ? person : "Somebody who is gone"),
        (null, "meta") => "Meta",
        (null, "operator") => "Our operators",
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
