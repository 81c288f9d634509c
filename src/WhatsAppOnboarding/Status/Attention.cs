using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Numbers;

namespace WhatsAppOnboarding.Status;

/// <summary>A choice that an attempt waits for.</summary>
internal sealed record OpenChoice(Guid Attempt, DateTimeOffset? Since, DateTimeOffset Until);

/// <summary>
/// All that an account must do, out of its status and nothing else: what status says of several numbers alike is one thing to do, and what somebody else must do is left out, or said
/// to be under way.
/// </summary>
internal sealed class Attention(WhatsAppWords words, string onboarding, DateTimeOffset now)
{
    private const string InWork = "in_work", BanScheduled = "ban_scheduled", RegisterOpen = "register_open", BeingSetUp = "being_set_up";

    // Whoever has not missed a lost number for so long does not want it back.
    private static readonly TimeSpan LossLasts = TimeSpan.FromDays(14);

    /// <summary>The newest first; what nobody knows the beginning of was seen at the last look, so it is among the newest.</summary>
    public IReadOnlyList<AttentionItem> Of(OnboardingStatus status, IEnumerable<OpenChoice> choices) =>
    [
        .. status.PhoneNumbers.SelectMany(OfNumber).GroupBy(item => (item.Code, item.Message, item.Action, item.Link)).Select(AsOne)
            .Concat(choices.Select(OfChoice))
            .OrderByDescending(item => item.Since ?? now).ThenByDescending(item => item.Blocks).ThenBy(item => item.DueAt ?? DateTimeOffset.MaxValue),
    ];

    private IEnumerable<AttentionItem> OfNumber(PhoneNumberView view) => view.IsActive
        ? OfReasons(view).Concat(OfSyncs(view)).Concat(OfBan(view))
        : OfLoss(view);

    private IEnumerable<AttentionItem> OfReasons(PhoneNumberView view) => view.Reasons
        .Where(reason => reason.Who is not null && !IsSaidByOthers(view, reason.Reason!))
        .Select(reason => OfReason(view, reason))
        .OfType<AttentionItem>();

    private AttentionItem? OfReason(PhoneNumberView view, Readiness reason) => reason.Who switch
    {
        "operator" => Item(view, InWork, words.Pair(WordKinds.Readiness, InWork)) with { Who = "operator", Since = reason.At },
        "account" => Item(view, reason.Reason!, (reason.Message, reason.Action)) with
        {
            Blocks = reason.Answer is Readiness.No,
            Link = reason.Link,
            Since = SinceOf(view, reason),
            DueAt = NumberReasons.Find(reason.Reason!) is { IsEnding: true } ? view.TokenExpiresAt : null,
        },
        _ => null,
    };

    /// <summary>What Meta says of a number at every look has no beginning, for the last look is not it.</summary>
    private static DateTimeOffset? SinceOf(PhoneNumberView view, Readiness reason) => reason.Evidence switch
    {
        "meta_status" or "health" => null,
        "send" => view.Evidence.SendFailingSince ?? reason.At,
        "token" when view.TokenExpiresAt is { } end && NumberReasons.LeftOf(reason.Reason!) is { } left => end - left,
        _ => reason.At,
    };

    /// <summary>Whether another reason says the same and more, or is what keeps it from being done yet.</summary>
    private static bool IsSaidByOthers(PhoneNumberView view, string code) =>
        NumberReasons.Find(code) is { } row
        && (row.IsAdvice || view.Reasons.Any(other => other.Reason != code && (row.Unless.Contains(other.Reason!) || (other.Reason is BeingSetUp && row.Ends)))
            || (code is RegisterOpen && Holds(view, ErrorCodes.CodeNeeded))
            || (IsCuredByRegistering(code) && (Holds(view, RegisterOpen) || Holds(view, ErrorCodes.CodeNeeded))));

    private static bool IsCuredByRegistering(string code) => NumberStandings.All.Any(standing => standing.Finding == code && standing.RegisteringHelps);

    private static bool Holds(PhoneNumberView view, string code) => view.Reasons.Any(reason => reason.Reason == code);

    /// <summary>What Meta takes only on the day of the connect: after that nobody can do it any more.</summary>
    private IEnumerable<AttentionItem> OfSyncs(PhoneNumberView view) => view.OpenSteps
        .Where(open => StepTable.Find(open.Step) is { IsTakenOnce: true } && open.Code is not (ErrorCodes.Pending or ErrorCodes.SyncOver) && now < view.VerifiedAt + StepTable.TakenWithin)
        .Select(open => Item(view, open.Step, (open.Message!, open.Action!)) with { Link = onboarding, Since = open.Since, DueAt = view.VerifiedAt + StepTable.TakenWithin });

    private static IEnumerable<AttentionItem> OfBan(PhoneNumberView view) => view.Notices
        .Where(notice => notice is { Kind: MetaNotice.BanKind, Reason: "SCHEDULE_FOR_DISABLE", Undone: false })
        .Select(notice => Item(view, BanScheduled, (notice.Message!, notice.Action!)) with
        {
            Link = ReadinessTexts.LinkOf(ReasonPlace.WhatsAppManager, WabaId.Parse(view.WabaId), ""),
            Since = notice.At,
        });

    private IEnumerable<AttentionItem> OfLoss(PhoneNumberView view)
    {
        if (view.DisconnectReason is not (null or DisconnectReasons.Requested or DisconnectReasons.NotChosen or DisconnectReasons.Interrupted) && view.DisconnectedAt > now - LossLasts)
            yield return Item(view, view.DisconnectReason, (view.Message, view.Action)) with { Blocks = true, Link = onboarding, Since = view.DisconnectedAt };
        foreach (var left in view.Findings.Where(finding => finding.Code is Finding.StillSubscribed && finding.At > now - LossLasts))
        {
            yield return Item(view, left.Code, (left.Message!, left.Action!)) with
            {
                Link = ReadinessTexts.LinkOf(ReasonPlace.BusinessSettings, WabaId.Parse(view.WabaId), ""),
                Since = left.At,
            };
        }
    }

    private AttentionItem OfChoice(OpenChoice choice)
    {
        var (message, action) = words.Pair(WordKinds.Outcome, "choose");
        return new AttentionItem
        {
            Code = "choose",
            Message = message,
            Action = action,
            Who = "account",
            Blocks = false,
            Link = $"{onboarding}?whatsapp=choose&attempt={choice.Attempt}",
            Since = choice.Since,
            DueAt = choice.Until,
        };
    }

    private static AttentionItem Item(PhoneNumberView view, string code, (string Message, string Action) text) => new()
    {
        Code = code,
        Message = text.Message,
        Action = text.Action,
        Who = "account",
        Blocks = false,
        PhoneNumberIds = [view.PhoneNumberId],
        Phones = [view.DisplayPhone ?? view.PhoneNumberId],
    };

    private static AttentionItem AsOne(IEnumerable<AttentionItem> same)
    {
        AttentionItem[] all = [.. same];
        return all[0] with
        {
            Blocks = all.Any(item => item.Blocks),
            PhoneNumberIds = [.. all.SelectMany(item => item.PhoneNumberIds).Distinct()],
            Phones = [.. all.DistinctBy(item => item.PhoneNumberIds[0]).SelectMany(item => item.Phones)],
            Since = all.Max(item => item.Since),
            DueAt = all.Min(item => item.DueAt),
        };
    }
}

/// <summary><c>GET …/attention</c>.</summary>
internal static class AttentionEndpoint
{
    public static async Task AnswerAsync(Task<IReadOnlyList<AttentionItem>> items, HttpContext context) => await context.Response.WriteAsJsonAsync(
        new AttentionAnswer { Items = await items.ConfigureAwait(false) }, AttentionJson.Default.AttentionAnswer, cancellationToken: context.RequestAborted).ConfigureAwait(false);
}

/// <summary>All that the account must do now and soon; no items where nothing is due.</summary>
internal sealed record AttentionAnswer
{
    public bool Success { get; init; } = true;

    public required IReadOnlyList<AttentionItem> Items { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AttentionAnswer))]
internal sealed partial class AttentionJson : JsonSerializerContext;
