using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using WhatsAppOnboarding.Stores;

namespace WebHost.Pages.Operator;

/// <summary>Which parked items somebody looks at, as it stands in the address of the page and in its forms.</summary>
public sealed class ParkedFilter
{
    /// <summary>An account's id.</summary>
    public string? Account { get; set; }

    /// <summary>One item's key.</summary>
    public string? Item { get; set; }

    /// <summary>The exception's type, or type and beginning of the text.</summary>
    public string? Reason { get; set; }

    /// <summary>The handler that failed last. Pages have a meaning of their own for <c>handler</c>.</summary>
    public string? FailedIn { get; set; }

    /// <summary>In UTC, as an input for date and time has it.</summary>
    public string? Since { get; set; }

    /// <summary>Null when something in it cannot be: never all instead.</summary>
    [BindNever]
    public ParkedQuery? Query
    {
        get
        {
            var (since, account) = (default(DateTimeOffset), default(AccountId));
            if (!string.IsNullOrWhiteSpace(Since) && !DateTimeOffset.TryParse(Since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out since)
                || !string.IsNullOrWhiteSpace(Account) && !AccountId.TryParse(Account.Trim(), out account))
                return null;
            return new ParkedQuery
            {
                AccountId = string.IsNullOrWhiteSpace(Account) ? null : account,
                ItemKey = Or(Item),
                Reason = Or(Reason?.Trim()),
                Handler = Or(FailedIn?.Trim()),
                Since = string.IsNullOrWhiteSpace(Since) ? null : since,
            };
        }
    }

    /// <summary>What is set, for links and hidden fields.</summary>
    [BindNever]
    public Dictionary<string, string> Values => new (string Name, string? Value)[] { ("account", Account), ("item", Item), ("reason", Reason), ("failedIn", FailedIn), ("since", Since) }
        .Where(one => !string.IsNullOrWhiteSpace(one.Value)).ToDictionary(one => one.Name, one => one.Value!);

    /// <summary>The values of one item.</summary>
    public static Dictionary<string, string> Of(LedgerRecord record) => new() { ["account"] = record.AccountId.ToString(), ["item"] = record.ItemKey };

    private static string? Or(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
