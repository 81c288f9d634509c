using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Status;

/// <summary>What the reasons that hold of a number mean for receiving and sending: the worst of them, in words, with who must act and where.</summary>
internal sealed class ReadinessTexts(WhatsAppWords words, StatusTexts texts)
{
    private static readonly string[] Kinds = [WordKinds.Readiness, WordKinds.Finding, WordKinds.Error];

    /// <summary>The first part of the keys of a reason's words: its own, else those that its code has elsewhere, else those of Meta's notice.</summary>
    public static string KeyOf(NumberReason reason) =>
        Kinds.Select(kind => $"{kind}.{reason.Code}").FirstOrDefault(key => English.Texts.Words.ContainsKey($"{key}.message"))
        ?? (reason.NoticeKind is { } kind ? $"{WordKinds.Notice}.{kind}" : $"{WordKinds.Readiness}.{WordKinds.Other}");

    public static string WordOf(bool? answer) => answer switch { true => Readiness.Yes, false => Readiness.No, null => Readiness.Unknown };

    public static string WordOf(ReasonActor who) => who switch { ReasonActor.Operator => "operator", ReasonActor.Meta => "meta", _ => "account" };

    /// <param name="place">Where to act.</param>
    /// <param name="waba">The WABA that it is about.</param>
    /// <param name="onboarding">The path of the host's page.</param>
    public static string? LinkOf(ReasonPlace place, WabaId waba, string onboarding) => place switch
    {
        ReasonPlace.Reconnect or ReasonPlace.Number => onboarding,
        ReasonPlace.WhatsAppManager => $"https://business.facebook.com/wa/manage/phone-numbers/?waba_id={waba}",
        ReasonPlace.BusinessSettings => "https://business.facebook.com/settings/info",
        ReasonPlace.BusinessSuite => "https://business.facebook.com/latest/inbox",
        ReasonPlace.Payment => "https://business.facebook.com/billing_hub/payment_settings",
        ReasonPlace.MetaStatus => "https://metastatus.com/whatsapp-business-api",
        _ => null,
    };

    /// <summary>The view with what the reasons mean.</summary>
    public PhoneNumberView With(PhoneNumberView view, PhoneNumber number, IReadOnlyList<NumberReason> reasons, string onboarding, DateTimeOffset now)
    {
        if (!number.IsHeld)
        {
            var gone = Gone(view, number, onboarding);
            return view with { CanReceive = gone, CanSend = gone, Reasons = [gone] };
        }

        var seen = number.Evidence;
        var (word, at) = seen.ReceivedAt > seen.SubscribedAt ? ("webhook", seen.ReceivedAt) : ("subscription", seen.SubscribedAt);
        return view with
        {
            CanReceive = Worst(reason => reason.ReceivesWith(number)) ?? Good("can_receive", word, at),
            CanSend = Worst(reason => reason.SendsWith(number)) ?? Good("can_send", "listing", seen.ListedAt),
            Reasons = [.. reasons.Select(reason => Of(reason, reason.WorseOf(number)))],
            CheckedAt = seen.ListedAt < seen.SubscribedAt ? seen.ListedAt : seen.ListedAt is null ? null : seen.SubscribedAt,
        };

        Readiness? Worst(Func<NumberReason, bool?> answer) =>
            (reasons.FirstOrDefault(reason => answer(reason) is false) ?? reasons.FirstOrDefault(reason => answer(reason) is null)) is { } worst ? Of(worst, answer(worst)) : null;

        Readiness Of(NumberReason reason, bool? answer)
        {
            var (message, action) = Say(reason, number);
            var evidence = reason.EvidenceOf(number);
            return new Readiness
            {
                Answer = WordOf(answer),
                Reason = reason.Code,
                Message = message,
                Action = action,
                Who = WordOf(reason.Who),
                Link = LinkOf(reason.Where, number.WabaId, onboarding),
                Evidence = evidence.Word,
                At = reason.Code is ErrorCodes.TokenUnreadable ? now : evidence.At,
            };
        }
    }

    private Readiness Good(string code, string evidence, DateTimeOffset? at)
    {
        var (message, action) = words.Pair(WordKinds.Readiness, code);
        return new Readiness { Answer = Readiness.Yes, Message = message, Action = action, Evidence = evidence, At = at };
    }

    private static Readiness Gone(PhoneNumberView view, PhoneNumber number, string onboarding) => new()
    {
        Answer = Readiness.No,
        Reason = ErrorCodes.NotConnected,
        Message = view.Message,
        Action = view.Action,
        Who = WordOf(ReasonActor.Account),
        Link = onboarding,
        Evidence = "disconnect",
        At = number.DisconnectedAt,
    };

    /// <summary>An open step says by its own code why, and Meta's notice when it ends.</summary>
    public (string Message, string Action) Say(NumberReason reason, PhoneNumber number)
    {
        if (number.OpenSteps.FirstOrDefault(step => step.Step == reason.Step) is { } open)
            return words.OpenStep(open.Step, open.Code, open.MetaCode);
        if (reason.Code is ErrorCodes.TokenInvalid && number.Evidence.StoppedBy is { } why)
            return words.Pair(WordKinds.Error, why);
        if (texts.WhyDeclined(reason.Code, number) is { } declined)
            return declined;
        var key = KeyOf(reason);
        return key.StartsWith(WordKinds.Notice, StringComparison.Ordinal) && number.Notice(reason.NoticeKind!) is { } notice
            ? texts.Said(notice)
            : (words.Text($"{key}.message"), words.Text($"{key}.action"));
    }
}
