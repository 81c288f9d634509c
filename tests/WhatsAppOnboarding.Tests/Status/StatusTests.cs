using System.Text.Json;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Notices;

namespace WhatsAppOnboarding.Tests.Status;

/// <summary>What a status shows of a number: what is stored, with words.</summary>
public sealed class StatusTests
{
    [Fact]
    public async Task Each_part_has_the_members_that_are_promised_and_no_other_even_where_they_are_null()
    {
        await using var news = await TheNews.StartAsync();
        await KeepAsync(news);

        var status = await news.StatusAsync();

        Members(status.GetProperty("openSteps")[0]).ShouldBe("step code message action since metaCode metaTraceId");
        Members(status.GetProperty("findings")[0]).ShouldBe("code at message action subject");
        var notice = status.GetProperty("notices")[0];
        Members(notice).ShouldBe(
            "kind event at message action stopsSending undone reason initiator description remediation restrictions endsAt banDate limit maxNumbersPerBusiness maxNumbersPerWaba name alertStatus");
        Members(notice.GetProperty("restrictions")[0]).ShouldBe("type message action endsAt remediation");
        status.GetProperty("openSteps")[0].GetProperty("metaCode").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_status_says_everything_in_words_and_changes_nothing_of_what_is_stored()
    {
        await using var news = await TheNews.StartAsync();
        await KeepAsync(news);
        var before = await news.ReadAsync();

        var status = (await news.Host.UseAsync<IWhatsAppAccounts, OnboardingStatus>(accounts => accounts.GetStatusAsync(AccountId.Parse("acme")))).PhoneNumbers.Single();

        (string?, string?)[] words =
        [
            .. status.OpenSteps.Select(step => (step.Message, step.Action)),
            .. status.Findings.Select(finding => (finding.Message, finding.Action)),
            .. status.Notices.Select(notice => (notice.Message, notice.Action)),
            .. status.Notices.SelectMany(notice => notice.Restrictions).Select(restriction => (restriction.Message, restriction.Action)),
        ];
        words.Length.ShouldBe(4);
        words.ShouldAllBe(pair => !string.IsNullOrWhiteSpace(pair.Item1) && !string.IsNullOrWhiteSpace(pair.Item2));
        var after = await news.ReadAsync();
        after.OpenSteps.ShouldBe(before.OpenSteps);
        after.Findings.ShouldBe(before.Findings);
        after.Notices.ShouldBe(before.Notices);
        JsonSerializer.Serialize(after.OpenSteps).ShouldNotContain("Message");
        JsonSerializer.Serialize(after.Findings).ShouldNotContain("Message");
        JsonSerializer.Serialize(after.Notices).ShouldNotContain("Message");
    }

    [Fact]
    public async Task What_follows_from_how_a_number_stands_now_is_noticed_when_it_is_read()
    {
        await using var news = await TheNews.StartAsync();
        await news.ConnectAsync("birch");
        news.Clock.Advance(TimeSpan.FromMinutes(5));

        var shared = (await news.StatusAsync()).GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("code").GetString() == "number_shared");

        shared.GetProperty("at").GetDateTimeOffset().ShouldBe(news.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_number_that_was_never_registered_here_has_no_pin_and_no_budget_to_show()
    {
        await using var news = await TheNews.StartAsync();

        var status = await news.StatusAsync();

        status.GetProperty("pinStored").GetBoolean().ShouldBeFalse();
        status.GetProperty("registration").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static Task<PhoneNumberWrite> KeepAsync(TheNews news)
    {
        var at = news.Clock.GetUtcNow();
        return news.Host.UseAsync<NumberAuthority, PhoneNumberWrite>(numbers => numbers.WriteAsync(
            AccountId.Parse("acme"),
            read =>
            [
                read.Numbers.Single() with
                {
                    OpenSteps = [new OpenStep { Step = StepNames.Subscribe, Code = ErrorCodes.MetaThrottled, Since = at }],
                    Findings = [new Finding { Code = Finding.ScopeMissing, At = at, Subject = "whatsapp_business_messaging" }],
                    Notices =
                    [
                        new MetaNotice
                        {
                            Kind = MetaNotice.RestrictionKind,
                            Event = "ACCOUNT_RESTRICTION",
                            At = at,
                            Restrictions = [new AccountRestriction { Type = "RESTRICTED_BIZ_INITIATED_MESSAGING" }],
                        },
                    ],
                },
            ],
            TestContext.Current.CancellationToken));
    }

    private static string Members(JsonElement json) => string.Join(' ', json.EnumerateObject().Select(member => member.Name));
}
