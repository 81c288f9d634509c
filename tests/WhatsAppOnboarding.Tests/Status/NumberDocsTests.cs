using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Status;
using static WhatsAppOnboarding.Tests.Framework.GeneratedTable;

namespace WhatsAppOnboarding.Tests.Status;

/// <summary>docs/numbers.md says what each of Meta's words means for a number; its tables are made from the code.</summary>
public sealed class NumberDocsTests
{
    private const string Unsaid = "(nothing)";
    private const string Other = "(another word)";

    private static readonly string[] Statuses = [.. NumberStandings.OfStatus.Select(row => row.Word), Other, Unsaid];
    private static readonly string[] Platforms = ["CLOUD_API", "NOT_APPLICABLE", "ON_PREMISE", Other, Unsaid];
    private static readonly string[] Codes = ["VERIFIED", "NOT_VERIFIED", "UNVERIFIED", "EXPIRED", Other, Unsaid];

    [Theory]
    [InlineData("standing")]
    [InlineData("name")]
    [InlineData("new name")]
    [InlineData("registration")]
    [InlineData("reasons")]
    public void The_tables_of_the_page_on_numbers_are_what_the_code_says(string name) =>
        ShouldStandIn("numbers.md", name, name switch { "standing" => Standing(), "name" => Name(), "new name" => NewName(), "reasons" => Reasons(), _ => Registration() });

    private static string[] Standing() =>
    [
        Line("`status`", "`platform_type`", "registered here", "connected?", "finding", "what people are told", "next step"),
        Line("---", "---", "---", "---", "---", "---", "---"),
        .. from status in Statuses
           from platform in Platforms
           from proved in (bool[])[false, true]
           let standing = NumberStandings.Of(NumberStatus.From(WordOf(status)), PlatformType.From(WordOf(platform)), proved)
           group (platform, proved) by (status, standing.IsUsable, standing.Finding) into same
           select Line(
               Quoted(same.Key.status),
               Named(same.Select(one => one.platform), Platforms),
               same.Select(one => one.proved).Distinct().ToArray() is [var only] ? only ? "yes" : "no" : "any",
               same.Key.IsUsable switch { true => "yes", false => "no", null => "not known, so no" },
               same.Key.Finding is null ? null : $"`{same.Key.Finding}`",
               Said(same.Key.Finding, "message"),
               Said(same.Key.Finding, "action")),
    ];

    private static string[] Name() =>
    [
        Line("`name_status`", "finding", "what people are told", "next step", "registered by itself"),
        Line("---", "---", "---", "---", "---"),
        .. from word in (string[])["APPROVED", "AVAILABLE_WITHOUT_REVIEW", "PENDING_REVIEW", "NONE", "NON_EXISTS", "DECLINED", "EXPIRED", Other, Unsaid]
           let finding = NumberStandings.NameFinding(WordOf(word))
           select Line(
               Quoted(word), finding is null ? null : $"`{finding}`", Said(finding, "message"), Said(finding, "action"),
               NumberStandings.IsNameInDoubt(WordOf(word)) ? "no, a person may order it" : "yes"),
    ];

    private static string[] NewName() =>
    [
        Line("`new_name_status`", "finding", "what people are told", "next step"),
        Line("---", "---", "---", "---"),
        .. from row in NumberStandings.OfNewName
           select Line(Quoted(row.Word), $"`{row.Finding}`", Said(row.Finding, "message"), Said(row.Finding, "action")),
    ];

    private static string[] Registration() =>
    [
        Line("`platform_type`", "`status`", "`code_verification_status`", "what is done"),
        Line("---", "---", "---", "---"),
        .. from platform in Platforms
           from status in Statuses
           from code in Codes
           let decision = RegistrationDecisions.Of(
               NumberStatus.From(WordOf(status)), CodeVerificationStatus.From(WordOf(code)), PlatformType.From(WordOf(platform)), false, false)
           let done = decision is RegistrationDecision.AskPerson && NumberStandings.IsBeyondRegistering(NumberStatus.From(WordOf(status))) ? RegistrationDecision.Unknown : decision
           group code by (platform, status, done) into ofStatus
           group ofStatus.Key.status by (ofStatus.Key.platform, Codes: Named(ofStatus, Codes), ofStatus.Key.done) into same
           select Line(Quoted(same.Key.platform), Named(same, Statuses), same.Key.Codes, Done(same.Key.done)),
    ];

    private static string[] Reasons() =>
    [
        Line("reason", "receives?", "sends?", "connected?", "told", "rests on", "what people are told", "next step", "who", "where"),
        Line("---", "---", "---", "---", "---", "---", "---", "---", "---", "---"),
        .. from reason in NumberReasons.All
           let key = ReadinessTexts.KeyOf(reason)
           select Line(
               $"`{reason.Code}`",
               ReadinessTexts.WordOf(reason.CanReceive),
               ReadinessTexts.WordOf(reason.CanSend),
               reason.Ends ? "no" : "yes",
               Told(reason),
               EvidenceOf(reason),
               English.Texts.Words[$"{key}.message"],
               English.Texts.Words[$"{key}.action"],
               ReadinessTexts.WordOf(reason.Who),
               Place(reason.Where)),
    ];

    private static string Told(NumberReason reason) => reason switch
    {
        { Reports: false } => "no",
        { Code: ErrorCodes.TokenUnreadable } => "only while the number is shared",
        _ => "yes",
    };

    private static string EvidenceOf(NumberReason reason) => reason switch
    {
        { NoticeKind: not null } => "`notice`",
        { Evidence: ReasonEvidence.SendOrHealth } => "`send`, `health`",
        { Evidence: ReasonEvidence.MetaStatus } => "`meta_status`",
        _ => $"`{reason.Evidence.ToString().ToLowerInvariant()}`",
    };

    private static string? Place(ReasonPlace place) => place switch
    {
        ReasonPlace.Nowhere => null,
        ReasonPlace.Reconnect => "your onboarding page, to connect again",
        ReasonPlace.Number => "your onboarding page, at the number's step",
        ReasonPlace.WhatsAppManager => "WhatsApp Manager",
        ReasonPlace.BusinessSettings => "Meta's business settings",
        ReasonPlace.BusinessSuite => "Meta Business Suite",
        ReasonPlace.Payment => "Meta's payment settings",
        _ => "Meta's status page",
    };

    private static string? WordOf(string word) => word == Unsaid ? null : word == Other ? "A_NEW_WORD" : word;

    private static string Quoted(string word) => word.StartsWith('(') ? word : $"`{word}`";

    private static string Named(IEnumerable<string> some, string[] all) =>
        some.Distinct().ToArray() is var words && words.Length == all.Length ? "any" : string.Join(", ", all.Where(words.Contains).Select(Quoted));

    private static string? Said(string? finding, string part) => finding is null ? null : English.Texts.Words[$"finding.{finding}.{part}"];

    private static string Done(RegistrationDecision decision) => decision switch
    {
        RegistrationDecision.Registered => "nothing: it is registered",
        RegistrationDecision.Register => "it is registered, once",
        RegistrationDecision.CodeNeeded => "a code is asked for",
        RegistrationDecision.AskPerson => "a person may order it",
        _ => "nothing: Meta does not say enough, or speaks against it",
    };
}
