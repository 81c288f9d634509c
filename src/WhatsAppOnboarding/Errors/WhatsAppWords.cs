using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Errors;

namespace WhatsAppOnboarding;

/// <summary>
/// What the library says to people, in the language of <see cref="CultureInfo.CurrentUICulture"/>: in the host's words where it has some, else in its own, in
/// English, Spanish or Portuguese, and in English for every other culture. Inject it to put a code into words.
/// </summary>
/// <remarks>
/// It is also the name by which the host's words are found: <c>IStringLocalizer&lt;WhatsAppWords&gt;</c>, or resources named <c>WhatsAppWords</c> in the host's own
/// assembly. The keys are those of <see cref="BuiltIn"/>.
/// </remarks>
public sealed partial class WhatsAppWords
{
    private const string LanguageKey = "language";

    private static readonly FrozenSet<string> Passing = FrozenSet.Create(
        StringComparer.Ordinal,
        ErrorCodes.Pending, ErrorCodes.MetaThrottled, ErrorCodes.MetaUnavailable, ErrorCodes.MetaTimeout, ErrorCodes.MetaUnreachable, ErrorCodes.MetaUnreadable, ErrorCodes.ServiceUnavailable);

    private static readonly FrozenSet<string> OfAccess = FrozenSet.Create(
        StringComparer.Ordinal,
        ErrorCodes.TokenInvalid, ErrorCodes.TokenUnreadable, ErrorCodes.PermissionMissing, ErrorCodes.MetaNotFound, ErrorCodes.NotConnected, ErrorCodes.TwoFactorNeeded,
        ErrorCodes.FacebookCheck, ErrorCodes.AccountLocked, ErrorCodes.AccountBlocked);

    private readonly IStringLocalizer[] _hosts;
    private readonly ILogger _log;

    private WhatsAppWords(ILogger<WhatsAppWords> log, params IEnumerable<IStringLocalizer?> hosts)
    {
        _log = log;
        _hosts = [.. hosts.OfType<IStringLocalizer>()];
    }

    /// <summary>A code in words; a general text for one that is not in the catalogue.</summary>
    /// <param name="code">A stable code: one of <see cref="ErrorCodes"/>.</param>
    public ErrorText Error(string? code)
    {
        var text = ErrorCatalogue.Find(code);
        var (message, action) = Pair(WordKinds.Error, text.Code);
        return text with { Message = message, Action = action };
    }

    /// <summary>The words under a key; null when the library has none.</summary>
    /// <param name="key">Such as <c>step.register.name</c>. Keys with another spelling are others.</param>
    public string? Find(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return English.Texts.Words.ContainsKey(key) ? Text(key) : null;
    }

    /// <summary>All words that the library has of its own, by key: what there is to replace or to translate.</summary>
    /// <param name="culture">Whose language; English where it is none of the library's.</param>
    public static IReadOnlyDictionary<string, string> BuiltIn(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return Languages.Of(culture).Words;
    }

    /// <summary>With what the host has registered. Its resources are in its own assembly, not in that of the name; a host that localizes nothing has no factory.</summary>
    internal static WhatsAppWords From(IServiceProvider services)
    {
        var log = services.GetRequiredService<ILogger<WhatsAppWords>>();
        return new WhatsAppWords(log, Found(Typed), Found(OfAssembly));

        IStringLocalizer? Typed() =>
            services.GetService<IStringLocalizer<WhatsAppWords>>() ?? services.GetService<IStringLocalizerFactory>()?.Create(typeof(WhatsAppWords));

        IStringLocalizer? OfAssembly() => services.GetService<IHostEnvironment>()?.ApplicationName is { } name
            ? services.GetService<IStringLocalizerFactory>()?.Create(nameof(WhatsAppWords), name)
            : null;

        IStringLocalizer? Found(Func<IStringLocalizer?> find)
        {
            try
            {
                return find();
            }
            catch (IOException)
            {
                // An application may be named otherwise than its assembly.
                return null;
            }
            catch (Exception exception)
            {
                LogNotFound(log, exception);
                return null;
            }
        }
    }

    /// <summary>Those of the host that answers a request.</summary>
    internal static WhatsAppWords Of(HttpContext context) => context.RequestServices.GetRequiredService<WhatsAppWords>();

    /// <summary>The two letters of the language that is spoken: one of the library's, or another one that the host has added.</summary>
    internal string Language => Text(LanguageKey);

    /// <summary>The first of these codes that has words; those of <see cref="WordKinds.Other"/> when none has.</summary>
    internal (string Message, string Action) Pair(string kind, params ReadOnlySpan<string?> codes)
    {
        var known = WordKinds.Other;
        foreach (var code in codes)
        {
            if (code is not null && English.Texts.Words.ContainsKey($"{kind}.{code}.message"))
            {
                known = code;
                break;
            }
        }

        return (Text($"{kind}.{known}.message"), Text($"{kind}.{known}.action"));
    }

    /// <summary>An open step: why it is open, and what cures that. Meta's code is named where nobody here knows more.</summary>
    internal (string Message, string Action) OpenStep(string step, string code, int? metaCode = null)
    {
        var reason = Error(code);
        var message = Has($"step.{step}.message") ? Text($"step.{step}.message", reason.Message) : reason.Message;
        return (code is ErrorCodes.MetaRefused && metaCode is { } said ? $"{message} {Text("step.meta_code", said)}" : message, ActionOf(step, code, reason.Action));
    }

    /// <summary>A WABA that could not be read: around the reason, which says what to do.</summary>
    internal (string Message, string Action) Unread(string code)
    {
        var reason = Error(code);
        return (Text("finding.waba_unread.message", reason.Message), reason.Action);
    }

    /// <summary>
    /// A cause that passes is waited for and one that lies with the access is put right first, and then it is the step's own press that counts: pressing Connect
    /// registers nothing that was tried. Every other cause knows its cure by itself.
    /// </summary>
    private string ActionOf(string step, string code, string reason) => (Passing.Contains(code), OfAccess.Contains(code)) switch
    {
        (true, _) when code is not ErrorCodes.Pending && Has($"step.{step}.later") => Text($"step.{step}.later"),
        _ when step is StepNames.Deregister && code is not (ErrorCodes.NumberShared or ErrorCodes.OnBusinessApp or ErrorCodes.RegisterLimit) => Text("step.deregister.action"),
        (_, true) when step is StepNames.Unsubscribe => Text("step.unsubscribe.then"),
        (_, true) when StepTable.Find(step) is { IsTakenOnce: true } => $"{reason} {Text($"step.{step}.action")}",
        (_, true) when Has($"step.{step}.then") => $"{reason} {Text($"step.{step}.then")}",
        (true, _) or (_, true) when Has($"step.{step}.action") => Text($"step.{step}.action"),
        _ => reason,
    };

    private static bool Has(string key) => English.Texts.Words.ContainsKey(key);

    /// <summary>The words under a key that there is, with their placeholders filled in. What is the host's and cannot be used counts as not there.</summary>
    internal string Text(string key, params object[] values)
    {
        // A date stands in a sentence of that language.
        var spoken = CultureInfo.CurrentUICulture;
        foreach (var host in _hosts)
        {
            try
            {
                if (host[key] is { ResourceNotFound: false, Value: { Length: > 0 } text } && (key != LanguageKey || LanguageTag().IsMatch(text)))
                    return values.Length == 0 ? text : string.Format(spoken, text, values);
            }
            catch (Exception exception)
            {
                LogNotUsed(exception, key);
            }
        }

        var own = Languages.Of(spoken);
        return values.Length == 0 ? own.Words[key] : string.Format(own.Culture, own.Words[key], values);
    }

    /// <summary>It goes into a header, and browsers refuse to format a date in anything else: the word "language" in some language is none.</summary>
    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-[A-Za-z]{2})?\\z")]
    private static partial Regex LanguageTag();

    [LoggerMessage(1295, LogLevel.Warning, "The host's words for {Key} cannot be used; the library's own are")]
    private partial void LogNotUsed(Exception exception, string key);

    [LoggerMessage(1296, LogLevel.Warning, "The host's localizer cannot be had, so the library speaks in its own words. Register it as a singleton")]
    private static partial void LogNotFound(ILogger log, Exception exception);
}
