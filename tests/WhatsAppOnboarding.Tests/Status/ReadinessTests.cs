using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Status;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Tests.Notices;

namespace WhatsAppOnboarding.Tests.Status;

/// <summary>Whether a number can receive and send: derived from one table, whose every row is made to hold here.</summary>
public sealed class ReadinessTests
{
    private const string Onboarding = "/onboarding/whatsapp";
    private const string Manager = "https://business.facebook.com/wa/manage/";
    private const string Payment = "https://business.facebook.com/billing_hub/";
    private const string MetaStatus = "https://metastatus.com/whatsapp-business-api";

    /// <summary>Of what makes each reason hold: what it rests on, who must act, where the link goes.</summary>
    private static readonly Dictionary<string, (string Evidence, string Who, string? Link, Func<PhoneNumber, DateTimeOffset, PhoneNumber> Change)> Cases = new()
    {
        ["token_invalid"] = ("token", "account", Onboarding, (number, now) => With(number, seen => seen with { RefusedAt = now })),
        ["token_ended"] = ("token", "account", Onboarding, (number, now) => number with { TokenExpiresAt = now }),
        ["token_unreadable"] = ("token", "account", Onboarding, (number, _) => number with { Token = new SealedSecret("of other keys") }),
        ["two_factor_needed"] = ("listing", "account", Onboarding, (number, now) => number.Stopped(ErrorCodes.TwoFactorNeeded, now)),
        ["facebook_check"] = ("listing", "account", Onboarding, (number, now) => number.Stopped(ErrorCodes.FacebookCheck, now)),
        ["access_in_doubt"] = ("notice", "meta", null, (number, now) => number.WithNotice(Notice(MetaNotice.AccessKind, now) with { StopsSending = true })),
        ["paused_by_meta"] = ("notice", "meta", null, (number, now) => number.WithNotice(Notice(MetaNotice.PauseKind, now) with { StopsSending = true })),
        ["account_disabled"] = ("notice", "account", Manager, (number, now) => number.WithNotice(Notice(MetaNotice.BanKind, now) with { Reason = "DISABLE" })),
        ["not_registered"] = ("meta_status", "account", Onboarding, (number, _) => With(number with { Status = NumberStatus.Pending, PlatformType = PlatformType.NotApplicable }, seen => seen with { RegisteredAt = null })),
        ["on_premise"] = ("meta_status", "account", Manager, (number, _) => number with { PlatformType = PlatformType.OnPremise }),
        ["status_unknown"] = ("meta_status", "account", Manager, (number, _) => number with { Status = NumberStatus.From("A_NEW_WORD") }),
        ["status_unsaid"] = ("meta_status", "account", Manager, (number, _) => With(number with { Status = default, PlatformType = default }, seen => seen with { RegisteredAt = null })),
        ["not_live"] = ("listing", "account", Manager, (number, now) => number.WithFinding(new Finding { Code = Finding.NotLive, At = now, Subject = "SANDBOX" })),
        ["code_needed"] = ("registration", "account", Onboarding, (number, now) => number.WithOpenStep(StepNames.Verify, ErrorCodes.CodeNeeded, now)),
        ["register_open"] = ("registration", "account", Onboarding, (number, now) => number.WithOpenStep(StepNames.Register, ErrorCodes.PinNeeded, now)),
        ["being_set_up"] = ("listing", "operator", null, (number, now) => number.WithOpenStep(StepNames.Register, ErrorCodes.Pending, now)),
        ["not_subscribed"] = ("subscription", "account", Onboarding, (number, now) => number.Unsubscribed(now)),
        ["number_moved"] = ("listing", "account", Onboarding, (number, now) => number.WithFinding(new Finding { Code = Finding.NumberMoved, At = now })),
        ["not_proved"] = ("listing", "account", Onboarding, (number, _) => With(number, seen => seen with { TokenInspectedAt = null })),
        ["payment_needed"] = ("send", "account", Payment, (number, now) => number.SendFailed(131042, now)),
        ["account_locked"] = ("send", "account", Manager, (number, now) => number.SendFailed(131031, now)),
        ["account_blocked"] = ("send", "account", Manager, (number, now) => number.SendFailed(368, now)),
        ["not_registered_at_send"] = ("send", "account", Onboarding, (number, now) => number.SendFailed(133010, now)),
        ["permission_missing"] = ("send", "account", Onboarding, (number, now) => number.SendFailed(200, now)),
        ["name_not_ready"] = ("send", "account", Manager, (number, now) => number.SendFailed(131037, now)),
        ["sending_limit"] = ("send", "account", Manager, (number, now) => number.SendFailed(131048, now)),
        ["restricted"] = ("notice", "account", Manager, (number, now) => number.WithNotice(Notice(MetaNotice.RestrictionKind, now) with { Restrictions = [new AccountRestriction { Type = "ONE" }] })),
        ["routed_elsewhere"] = ("webhook", "account", "https://business.facebook.com/latest/inbox", (number, now) => number.Received(true, now)),
        ["shared_proof_stale"] = ("listing", "account", Onboarding, (number, now) => With(number, seen => seen with { ListedAt = now.AddHours(-25) })),
        ["check"] = ("listing", "account", Onboarding, (number, now) => number.WithFinding(new Finding { Code = Finding.Check, At = now })),
        ["not_checked"] = ("listing", "operator", MetaStatus, (number, now) => With(number, seen => seen with { ListedAt = now.AddHours(-25) })),
        ["unwell_at_meta"] = ("health", "account", Manager, (number, now) => number.InHealth([141002], now)),
        ["token_ends_in_1_day"] = ("token", "account", Onboarding, (number, now) => number with { TokenExpiresAt = now.AddHours(23) }),
        ["token_ends_in_7_days"] = ("token", "account", Onboarding, (number, now) => number with { TokenExpiresAt = now.AddDays(2) }),
        ["token_ends_in_14_days"] = ("token", "account", Onboarding, (number, now) => number with { TokenExpiresAt = now.AddDays(14) }),
        ["quality_low"] = ("meta_status", "account", Manager, (number, _) => number with { QualityRating = QualityRating.Red }),
        ["name_declined"] = ("meta_status", "account", Manager, (number, _) => number with { NameStatus = "DECLINED" }),
        ["name_expired"] = ("meta_status", "account", Manager, (number, _) => number with { NameStatus = "EXPIRED" }),
        ["name_pending"] = ("meta_status", "meta", Manager, (number, _) => number with { NameStatus = "PENDING_REVIEW" }),
        ["new_name_pending"] = ("meta_status", "meta", Manager, (number, _) => number with { NewDisplayName = "Other", NewNameStatus = "PENDING_REVIEW" }),
        ["new_name_declined"] = ("meta_status", "account", Manager, (number, _) => number with { NewDisplayName = "Other", NewNameStatus = "DECLINED" }),
        ["new_name_approved"] = ("meta_status", "operator", null, (number, _) => number with { NewDisplayName = "Other", NewNameStatus = "APPROVED" }),
        ["new_name_expired"] = ("meta_status", "account", Manager, (number, _) => number with { NewDisplayName = "Other", NewNameStatus = "EXPIRED" }),
        ["name_unknown"] = ("meta_status", "account", Manager, (number, _) => number with { NameStatus = "A_NEW_WORD" }),
        ["unproved_since_restore"] = ("listing", "meta", null, (number, now) => number with { UnprovedSince = now }),
        ["business_unverified"] = ("health", "account", "https://business.facebook.com/settings/", (number, now) => number.InHealth([141010], now)),
    };

    public static TheoryData<string> Codes => [.. NumberReasons.All.Select(reason => reason.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Each_reason_says_in_the_status_what_it_means_who_must_act_where_and_on_what_it_rests(string code)
    {
        await using var news = await TheNews.StartAsync();
        if (code == "shared_proof_stale")
            await news.ConnectAsync("birch");
        var row = NumberReasons.Find(code)!;
        var (evidence, who, link, change) = CaseOf(row);

        var view = await ChangedAsync(news, change);

        var said = view.Reasons.Where(reason => reason.Reason == code).ShouldHaveSingleItem();
        said.Answer.ShouldBe(row.CanReceive is false || row.CanSend is false ? "no" : row.CanReceive is null || row.CanSend is null ? "unknown" : "yes");
        (said.Evidence, said.Who).ShouldBe((evidence, who));
        (said.Link ?? "").ShouldStartWith(link ?? "");
        (said.Link is null).ShouldBe(link is null);
        said.At.ShouldNotBeNull();
        said.Message.ShouldNotBe(English.Texts.Words["readiness.other.message"]);
        said.Action.ShouldNotBeNullOrWhiteSpace();
        view.Connected.ShouldBe(!row.Ends);
        view.CanReceive.Answer.ShouldBe(Worst(view, reason => reason.CanReceive));
        view.CanSend.Answer.ShouldBe(Worst(view, reason => reason.CanSend));
        if (row.CanReceive is not true)
            view.CanReceive.Answer.ShouldNotBe(Readiness.Yes);
        if (row.CanSend is not true)
            view.CanSend.Answer.ShouldNotBe(Readiness.Yes);
        if (code is not ("shared_proof_stale" or "not_checked"))
            view.Reasons.Select(reason => reason.Reason).ShouldBe([code]);
    }

    [Fact]
    public async Task A_number_that_nothing_stands_against_receives_and_sends_and_says_when_that_was_seen()
    {
        await using var news = await TheNews.StartAsync();
        var kept = await news.ReadAsync();

        var view = await ChangedAsync(news, (number, _) => number);

        view.Reasons.ShouldBeEmpty();
        (view.CanReceive.Answer, view.CanReceive.Reason, view.CanReceive.Who, view.CanReceive.Link).ShouldBe(("yes", null, null, null));
        (view.CanSend.Answer, view.CanSend.Reason, view.CanSend.Evidence, view.CanSend.At).ShouldBe(("yes", null, "listing", kept.Evidence.ListedAt));
        (view.CanReceive.Evidence, view.CanReceive.At).ShouldBe(("subscription", kept.Evidence.SubscribedAt));
        view.CheckedAt.ShouldBe(kept.Evidence.ListedAt < kept.Evidence.SubscribedAt ? kept.Evidence.ListedAt : kept.Evidence.SubscribedAt);

        var received = await ChangedAsync(news, (number, now) => number.Received(false, now));

        (received.CanReceive.Answer, received.CanReceive.Evidence).ShouldBe(("yes", "webhook"));
    }

    [Fact]
    public async Task Of_several_reasons_the_worst_answers_and_all_are_named()
    {
        await using var news = await TheNews.StartAsync();

        var view = await ChangedAsync(news, (number, now) => With(number with { QualityRating = QualityRating.Red }, seen => seen with { ListedAt = now.AddDays(-2) }).SendFailed(131042, now));

        view.Reasons.Select(reason => reason.Reason).ShouldBe(["payment_needed", "not_checked", "quality_low"]);
        (view.CanSend.Answer, view.CanSend.Reason).ShouldBe(("no", "payment_needed"));
        (view.CanReceive.Answer, view.CanReceive.Reason, view.CanReceive.Who).ShouldBe(("unknown", "not_checked", "operator"));
    }

    [Fact]
    public async Task A_number_that_is_not_held_neither_receives_nor_sends_and_the_way_back_is_named()
    {
        await using var news = await TheNews.StartAsync();

        var view = await ChangedAsync(news, (number, now) => number.Disconnected(DisconnectReasons.GoneAtMeta, now));

        foreach (var answer in (Readiness[])[view.CanReceive, view.CanSend])
            (answer.Answer, answer.Reason, answer.Message, answer.Link, answer.Evidence, answer.At).ShouldBe(("no", "not_connected", view.Message, Onboarding, "disconnect", view.DisconnectedAt));
        view.CheckedAt.ShouldBeNull();
    }

    [Fact]
    public async Task What_a_look_at_the_subscription_has_not_shown_is_not_said_to_be_checked()
    {
        await using var news = await TheNews.StartAsync();

        (await ChangedAsync(news, (number, now) => number.Unsubscribed(now))).CheckedAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_payment_that_does_not_work_rests_on_metas_health_where_no_message_failed_for_it()
    {
        await using var news = await TheNews.StartAsync();

        var view = await ChangedAsync(news, (number, now) => number.SendFailed(131048, now).InHealth([141006, 138024], now));

        view.Reasons.Select(reason => (reason.Reason, reason.Evidence)).ShouldBe([("payment_needed", "health"), ("sending_limit", "send")]);
    }

    [Theory]
    [InlineData(131031)]
    [InlineData(368)]
    [InlineData(133010)]
    [InlineData(131042)]
    public async Task That_a_message_failed_is_no_no_for_ever_because_only_another_message_can_tell_that_it_is_over(int code)
    {
        await using var news = await TheNews.StartAsync();
        (await ChangedAsync(news, (number, now) => number.SendFailed(code, now))).CanSend.Answer.ShouldBe(Readiness.No);
        news.Clock.Advance(TimeSpan.FromSeconds(1));

        var view = await ChangedAsync(news, (number, now) => number.Answered(true, now));

        (view.CanSend.Answer, view.CanSend.Reason).ShouldBe((Readiness.Unknown, view.Reasons.ShouldHaveSingleItem().Reason));
        (await ChangedAsync(news, (number, now) => number.InHealth([141006], now))).CanSend.Answer.ShouldBe(Readiness.No);
        news.Clock.Advance(TimeSpan.FromHours(1));
        (await ChangedAsync(news, (number, now) => number.Answered(true, now).InHealth([], now).SendWorked(now))).CanSend.Answer.ShouldBe(Readiness.Yes);
    }

    [Fact]
    public async Task A_message_that_fails_again_after_meta_has_shown_the_number_does_not_close_the_way_to_try_another()
    {
        await using var news = await TheNews.StartAsync();
        await ChangedAsync(news, (number, now) => number.SendFailed(131048, now));
        news.Clock.Advance(TimeSpan.FromMinutes(10));
        await ChangedAsync(news, (number, now) => number.Answered(true, now));
        news.Clock.Advance(TimeSpan.FromMinutes(40));

        (await ChangedAsync(news, (number, now) => number.SendFailed(131048, now))).CanSend.Answer.ShouldBe(Readiness.Unknown);

        var later = news.Clock.GetUtcNow().AddDays(2);
        (await news.ReadAsync()).SendFailed(131048, later).Evidence.SendFailingSince.ShouldBe(later, "after so long it is news");
    }

    [Fact]
    public async Task That_a_message_failed_because_the_number_was_not_registered_is_over_when_it_is_registered()
    {
        await using var news = await TheNews.StartAsync();
        (await ChangedAsync(news, (number, now) => number.SendFailed(133010, now))).Reasons.ShouldHaveSingleItem().Reason.ShouldBe("not_registered_at_send");

        var pin = new RegistrationPin { Sealed = new SealedSecret("sealed"), StoredAt = news.Clock.GetUtcNow() };
        (await ChangedAsync(news, (number, now) => number.Registered(pin, null, now))).Reasons.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restriction_that_stops_no_message_makes_nothing_unknown()
    {
        await using var news = await TheNews.StartAsync();

        var view = await ChangedAsync(news, (number, now) => number.WithNotice(Notice(MetaNotice.RestrictionKind, now) with { Restrictions = [new AccountRestriction { Type = "RESTRICTED_ADD_PHONE_NUMBER_ACTION" }] }));

        (view.CanSend.Answer, view.Reasons.Count).ShouldBe((Readiness.Yes, 0));
    }

    [Fact]
    public async Task A_copy_that_came_in_long_ago_does_not_say_where_the_next_conversation_goes_nor_does_one_at_night()
    {
        await using var news = await TheNews.StartAsync();
        await ChangedAsync(news, (number, now) => number.Received(false, now));
        news.Clock.Advance(TimeSpan.FromHours(9));
        (await ChangedAsync(news, (number, now) => number.Received(true, now))).Reasons.ShouldBeEmpty("others are answered here by day");
        news.Clock.Advance(TimeSpan.FromHours(16));
        (await ChangedAsync(news, (number, now) => number.Received(true, now))).CanReceive.Answer.ShouldBe(Readiness.No);

        news.Clock.Advance(TimeSpan.FromHours(25));
        var view = await ChangedAsync(news, (number, now) => number.Answered(true, now));

        (view.CanReceive.Answer, view.CanReceive.Reason).ShouldBe((Readiness.Unknown, "routed_elsewhere"));
    }

    [Fact]
    public async Task A_number_that_meta_hides_from_a_token_that_is_well_says_so()
    {
        await using var news = await TheNews.StartAsync();

        var view = await ChangedAsync(news, (number, now) => number.Answered(false, now, ErrorCodes.PermissionMissing));

        (view.CanSend.Reason, view.CanSend.Message).ShouldBe(("token_invalid", "Meta says that a permission is missing."));
    }

    [Fact]
    public void Each_reason_has_words_of_its_own_in_every_language()
    {
        NumberReasons.All.Select(reason => reason.Code).ShouldBeUnique();
        NumberReasons.All.Count.ShouldBeGreaterThanOrEqualTo(20);
        foreach (var language in Languages.All)
            NumberReasons.All.ShouldAllBe(reason => language.Words.ContainsKey($"{ReadinessTexts.KeyOf(reason)}.action") && !ReadinessTexts.KeyOf(reason).EndsWith(".other"));
    }

    [Fact]
    public void The_host_is_told_of_one_loss_once_by_the_reason_that_says_most_of_it()
    {
        var now = DateTimeOffset.UnixEpoch.AddDays(100);
        var well = new PhoneNumber
        {
            AccountId = AccountId.Parse("acme"),
            PhoneNumberId = PhoneNumberId.Parse("1"),
            WabaId = WabaId.Parse("2"),
            State = NumberState.Active,
            Generation = Guid.NewGuid(),
            ConnectSequence = 1,
            GrantOrder = 0,
            CreatedAt = now,
            ConnectedAt = now,
            Status = NumberStatus.Connected,
            Evidence = new NumberEvidence { TokenInspectedAt = now, ListedAt = now, SubscribedAt = now, RegisteredAt = now },
        };
        Reported(well).ShouldBeEmpty();

        Reported(With(well, seen => seen with { ListedAt = now.AddDays(-2), RefusedAt = now.AddDays(-1) })).ShouldBe(["token_invalid"]);
        Reported(With(well, seen => seen with { ListedAt = null, RefusedAt = now })).ShouldBe(["token_invalid"]);
        Reported(With(well with { IsShared = true }, seen => seen with { ListedAt = now.AddDays(-2) })).ShouldBeEmpty("nobody has asked Meta since");
        Reported(With(well with { IsShared = true }, seen => seen with { ListedAt = now.AddDays(-2), CheckFailures = 1 }).WithFinding(new Finding { Code = "shared_proof_stale", At = now })).ShouldBe(["shared_proof_stale"]);
        Reported((well with { Status = NumberStatus.Banned }).SendFailed(131031, now)).ShouldBe(["status_banned"]);
        var unregistered = (well with { Status = NumberStatus.Disconnected }).SendFailed(133010, now);
        Reported(unregistered).ShouldBe(["status_disconnected"]);

        // What the host was told before is not over because Meta says more of it, and is not told a second time.
        Reported(unregistered with { Told = ["not_registered_at_send"] }).ShouldBe(["not_registered_at_send"]);
        Reported(With(well.SendFailed(200, now) with { Told = ["permission_missing"] }, seen => seen with { RefusedAt = now.AddDays(1) })).ShouldBe(["permission_missing"]);
        Reported(With(well with { Told = ["not_checked"] }, seen => seen with { ListedAt = now.AddDays(-2), RefusedAt = now, CheckFailures = 1 })).ShouldBe(["token_invalid", "not_checked"], "that is another loss");

        string[] Reported(PhoneNumber number) => [.. NumberReasons.Reported(number, now).Select(reason => reason.Code)];
    }

    internal static (string Evidence, string Who, string? Link, Func<PhoneNumber, DateTimeOffset, PhoneNumber> Change) CaseOf(NumberReason row)
    {
        if (Cases.TryGetValue(row.Code, out var known))
            return known;

        // The rest is what Meta says in a word of status.
        var word = NumberStandings.OfStatus.Single(standing => standing.Finding == row.Code);
        return ("meta_status", "account", word.RegisteringHelps ? Onboarding : Manager, (number, _) => number with { Status = NumberStatus.From(word.Word) });
    }

    private static string Worst(PhoneNumberView view, Func<NumberReason, bool?> answer)
    {
        bool?[] answers = [.. view.Reasons.Select(reason => answer(NumberReasons.Find(reason.Reason!)!))];
        return answers.Contains(false) ? "no" : answers.Contains(null) ? "unknown" : "yes";
    }

    private static PhoneNumber With(PhoneNumber number, Func<NumberEvidence, NumberEvidence> change) => number with { Evidence = change(number.Evidence) };

    private static MetaNotice Notice(string kind, DateTimeOffset at) => new() { Kind = kind, Event = "AN_EVENT", At = at };

    internal static async Task<PhoneNumberView> ChangedAsync(TheNews news, Func<PhoneNumber, DateTimeOffset, PhoneNumber> change)
    {
        await news.Host.UseAsync<NumberAuthority, PhoneNumberWrite>(numbers => numbers.WriteAsync(
            AccountId.Parse("acme"), read => [change(read.Numbers.Single(), news.Clock.GetUtcNow())], TestContext.Current.CancellationToken));
        return (await news.Host.UseAsync<IWhatsAppAccounts, OnboardingStatus>(accounts => accounts.GetStatusAsync(AccountId.Parse("acme")))).PhoneNumbers.Single();
    }
}
