using System.Globalization;
using WhatsAppOnboarding.Stores;

namespace WebHost.Operator;

/// <summary>What <see cref="ParkedCommand"/> is asked to do.</summary>
internal sealed record ParkedArguments(string Verb, ParkedQuery Query)
{
    public const string Help = """
        parked [list | groups | show | replay | discard] [filters]

          list      what is parked, in order of its first failure (the same without a word)
          groups    how many, by reason and handler
          show      one item with what Meta sent, which holds what a customer wrote: --item, and --account where several accounts have it
          replay    runs the handlers again that have not finished; Ctrl+C stops after what was begun
          discard   gives items up for good

          --account ID    of this account
          --item KEY      this item
          --since TIME    failed first at this time or later, such as 2026-11-28T10:00Z
          --reason TEXT   the exception's type, or type and beginning of the text
          --handler NAME  failed last in this handler
          --all           everything, where replay or discard have no filter

        Exit code 0 when nothing of it is parked (any more), 1 when something is, 2 when the words above were not followed.
        """;

    /// <summary>What every command of the sample takes, too; so does a setting, which has a colon in its name.</summary>
    private static readonly string[] OfTheHost = ["--urls", "--contentRoot", "--environment"];

    /// <summary>Null when something is not understood: a filter with a slip of the pen must not become "everything".</summary>
    public static ParkedArguments? Parse(string[] args)
    {
        string[] verbs = ["list", "groups", "show", "replay", "discard"];
        var hasVerb = args.Length > 1 && !args[1].StartsWith('-');
        var (verb, query, all) = (hasVerb ? args[1] : "list", new ParkedQuery(), false);
        for (var at = hasVerb ? 2 : 1; at < args.Length; at++)
        {
            var (name, equals) = (args[at].Split('=')[0], args[at].Contains('='));
            if (name == "--all")
            {
                all = true;
                continue;
            }

            var value = equals ? args[at][(name.Length + 1)..] : ++at < args.Length ? args[at] : null;
            if (string.IsNullOrEmpty(value) || With(query, name, value) is not { } next)
                return null;
            query = next;
        }

        var isWhole = query == new ParkedQuery();
        var understood = verb switch
        {
            "show" => query.ItemKey is not null && !all,
            "replay" or "discard" => all == isWhole,
            _ => verbs.Contains(verb) && (!all || isWhole),
        };
        return understood ? new ParkedArguments(verb, query) : null;
    }

    private static ParkedQuery? With(ParkedQuery query, string name, string value) => name switch
    {
        "--account" when AccountId.TryParse(value, out var account) => query with { AccountId = account },
        "--item" => query with { ItemKey = value },
        "--since" when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since) => query with { Since = since },
        "--reason" => query with { Reason = value },
        "--handler" => query with { Handler = value },
        _ when OfTheHost.Contains(name) || name.Contains(':') => query,
        _ => null,
    };
}
