using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using WebHost.Languages;

namespace WebHost.Accounts;

/// <summary>The latest of what happened to an account, with the people who did it by the addresses that they sign in with.</summary>
public sealed class AuditList(IWhatsAppAccounts accounts, UserManager<AppUser> users, IStringLocalizer<Words> words, WhatsAppWords library)
{
    public const int Shown = 25;

    /// <summary>How far it looks back.</summary>
    public const int Days = 90;

    private const int Read = 1_000;

    private static readonly string[] Kinds = ["disconnect", "readiness", "finding", "error"];

    public async Task<IReadOnlyList<AuditLine>> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        var latest = await LatestAsync(account, cancellationToken);
        var id = account.ToString();
        string[] people = [.. latest.Where(one => one.Origin is "account").Select(one => one.Person).OfType<string>().Distinct()];
        var addresses = await users.Users.Where(user => user.AccountId == id && people.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Email, cancellationToken);
        var numbers = (await accounts.GetStatusAsync(account, cancellationToken)).PhoneNumbers.ToDictionary(number => number.Id, number => number.DisplayPhone);
        return [.. latest.Select(one => new AuditLine($"{TextOf(one)}{About(one, numbers)}", WhoOf(one, addresses), one.At))];
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

    private string About(AccountEvent one, Dictionary<string, string?> numbers) => one.Numbers.Count switch
    {
        0 => "",
        1 => $", {numbers.GetValueOrDefault(one.Numbers[0].ToString()) ?? words["the number {0}", one.Numbers[0]]}",
        var count => $", {words["{0} numbers", count]}",
    };

    private string WhoOf(AccountEvent one, Dictionary<string, string?> addresses) => (one.Person, one.Origin) switch
    {
        (_, "operator") => words["Our operators"],
        ({ } label, "link") => words["By the link for “{0}”", label],
        (null, "link") => words["By a link"],
        ({ } person, _) => addresses.GetValueOrDefault(person) ?? (person.Contains('@', StringComparison.Ordinal) ? person : words["Somebody who is gone"]),
        (null, "meta") => "Meta",
        (null, "account") => words["This account"],
        _ => words["By itself"],
    };

    private string TextOf(AccountEvent one) => one.Kind switch
    {
        AccountEvent.Connected => words["Connected"],
        AccountEvent.Reconnected => words["Connected again"],
        AccountEvent.Disconnected => words["Disconnected: {0}", SentenceOf(one.Reason)],
        AccountEvent.Paused => words["Sending paused"],
        AccountEvent.Resumed => words["Sending goes on"],
        AccountEvent.Noticed => words["Told by Meta: {0}", one.Notice?.Message?.TrimEnd('.') ?? ""],
        AccountEvent.NumberShared => words["Connected by another account, too"],
        AccountEvent.PinRead => words["PIN shown"],
        AccountEvent.StepRun => words["Step run: {0}", library.Find($"step.{one.Step}.name") ?? one.Step ?? ""],
        AccountEvent.NeedsAttention => words["Needs attention: {0}", SentenceOf(one.Reason)],
        AccountEvent.WellAgain => words["Well again: {0}", SentenceOf(one.Reason)],
        AccountEvent.TokenEnding => words["Access ends soon"],
        AccountEvent.AttemptAbandoned => words["An attempt to connect broke off"],
        AccountEvent.LinkCreated => words["Somebody was invited by a link"],
        AccountEvent.LinkUsed => words["A link was used"],
        AccountEvent.LinkRevoked => words["A link was taken back"],
        _ => one.Kind,
    };

    /// <summary>A code of the library in its words.</summary>
    private string SentenceOf(string? code) =>
        Kinds.Select(kind => library.Find($"{kind}.{code}.message")).OfType<string>().FirstOrDefault()?.TrimEnd('.') ?? code ?? "";
}

/// <summary>One thing that happened.</summary>
/// <param name="Text">What, in words.</param>
/// <param name="Who">Who or what did it.</param>
/// <param name="At">When.</param>
public sealed record AuditLine(string Text, string Who, DateTimeOffset At);
