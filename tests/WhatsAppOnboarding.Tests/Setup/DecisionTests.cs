using WhatsAppOnboarding.Numbers;

namespace WhatsAppOnboarding.Tests.Setup;

public sealed class DecisionTests
{
    private static readonly string?[] Statuses =
    [
        "CONNECTED", "PENDING", "DISCONNECTED", "UNVERIFIED", "OFFLINE", "BANNED", "FLAGGED", "RESTRICTED", "RATE_LIMITED", "DELETED", "MIGRATED", "A_NEW_WORD", "UNKNOWN", null,
    ];

    private static readonly string?[] Codes = ["VERIFIED", "NOT_VERIFIED", "UNVERIFIED", "EXPIRED", "A_NEW_WORD", "UNKNOWN", null];
    private static readonly string?[] Platforms = ["CLOUD_API", "ON_PREMISE", "NOT_APPLICABLE", "A_NEW_WORD", "UNKNOWN", null];
    private static readonly bool?[] Apps = [true, false, null];

    [Fact]
    public void Every_combination_that_meta_may_send_is_decided_by_definite_words_alone()
    {
        var decided = (from status in Statuses from code in Codes from platform in Platforms from app in Apps from hint in (bool[])[true, false] select (status, code, platform, app, hint)).ToArray();
        foreach (var (status, code, platform, app, hint) in decided)
        {
            var expected = (status, code, platform, app, hint) switch
            {
                (_, _, _, true, _) or (_, _, _, _, true) => RegistrationDecision.OnBusinessApp,
                ("CONNECTED", _, _, _, _) or (_, _, "CLOUD_API", _, _) => RegistrationDecision.Registered,
                ("PENDING" or "DISCONNECTED" or "UNVERIFIED" or "OFFLINE", "VERIFIED", "NOT_APPLICABLE", false, _) => RegistrationDecision.Register,
                ("PENDING" or "DISCONNECTED" or "UNVERIFIED" or "OFFLINE", "NOT_VERIFIED" or "UNVERIFIED" or "EXPIRED", "NOT_APPLICABLE", false, _) => RegistrationDecision.CodeNeeded,
                (_, _, "NOT_APPLICABLE", _, _) => RegistrationDecision.AskPerson,
                _ => RegistrationDecision.Unknown,
            };
            Decide(status, code, platform, app, hint).ShouldBe(expected, $"{status} {code} {platform} {app} {hint}");
        }

        decided.Length.ShouldBe(Statuses.Length * Codes.Length * Platforms.Length * Apps.Length * 2);
    }

    [Theory]
    [InlineData("PENDING", "VERIFIED", "NOT_APPLICABLE", false, "Register")]
    [InlineData("pending", "verified", "not_applicable", false, "Register")]
    [InlineData("PENDING", "VERIFIED", "NOT_APPLICABLE", null, "AskPerson")]
    [InlineData("PENDING", null, "NOT_APPLICABLE", false, "AskPerson")]
    [InlineData(null, "VERIFIED", "NOT_APPLICABLE", false, "AskPerson")]
    [InlineData("BANNED", "VERIFIED", "NOT_APPLICABLE", false, "AskPerson")]
    [InlineData("PENDING", "VERIFIED", null, false, "Unknown")]
    [InlineData("PENDING", "VERIFIED", "ON_PREMISE", false, "Unknown")]
    [InlineData("CONNECTED", "VERIFIED", "NOT_APPLICABLE", false, "Registered")]
    [InlineData("CONNECTED", null, "CLOUD_API", true, "OnBusinessApp")]
    [InlineData("PENDING", "EXPIRED", "NOT_APPLICABLE", false, "CodeNeeded")]
    public void The_cases_that_people_meet(string? status, string? code, string? platform, bool? app, string expected) =>
        Decide(status, code, platform, app, false).ToString().ShouldBe(expected);

    private static RegistrationDecision Decide(string? status, string? code, string? platform, bool? app, bool hint) =>
        RegistrationDecisions.Of(NumberStatus.From(status), CodeVerificationStatus.From(code), PlatformType.From(platform), app, hint);
}
