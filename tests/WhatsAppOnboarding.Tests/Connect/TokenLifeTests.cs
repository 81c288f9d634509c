using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Connect;

/// <summary>How long a token is good for, by what Meta says, and by what it does not say.</summary>
public sealed class TokenLifeTests
{
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task An_extended_token_without_a_life_is_inspected_once()
    {
        await using var host = await StartAsync(new MetaEmulatorOptions { TokenKind = EmulatedTokenKind.User, SayExpiresIn = false });

        var number = await ConnectAsync(host);

        number.TokenExpiresAt!.Value.ShouldBe(Now().AddSeconds(5_183_944), Slack);
        number.Findings.ShouldBeEmpty();
        host.Meta.Calls.Of(GraphOperations.DebugToken).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_extended_token_that_lives_as_short_as_before_is_noticed(bool says)
    {
        await using var host = await StartAsync(new MetaEmulatorOptions
        {
            TokenKind = EmulatedTokenKind.User,
            SayExpiresIn = says,
            ExtendedTokenLifetime = TimeSpan.FromHours(1),
        });

        var number = await ConnectAsync(host);

        number.TokenExpiresAt!.Value.ShouldBe(Now().AddHours(1), Slack);
        number.Findings.ShouldHaveSingleItem().Code.ShouldBe("token_short_lived");
        host.Meta.Calls.Of(GraphOperations.DebugToken).Count.ShouldBe(says ? 1 : 2);
    }

    [Fact]
    public async Task A_life_that_nobody_tells_is_not_called_never()
    {
        await using var host = await StartAsync(new MetaEmulatorOptions { TokenKind = EmulatedTokenKind.User, SayExpiresIn = false });
        host.Meta.Faults.On(GraphOperations.DebugToken, Fault.WrongJson(Inspection(host, "USER")), int.MaxValue);

        await UnknownAsync(host);
    }

    [Fact]
    public async Task An_end_that_is_no_time_is_not_told()
    {
        await using var host = await StartAsync(new MetaEmulatorOptions { SayExpiresIn = false });
        host.Meta.Faults.On(GraphOperations.DebugToken, Fault.WrongJson(Inspection(host, "SYSTEM_USER", ""","expires_at":"soon" """)), int.MaxValue);

        await UnknownAsync(host);
    }

    [Fact]
    public async Task Of_a_persons_token_that_never_ends_the_end_of_the_data_counts()
    {
        var end = DateTimeOffset.FromUnixTimeSeconds(Now().AddDays(80).ToUnixTimeSeconds());
        await using var host = await StartAsync(new MetaEmulatorOptions { TokenKind = EmulatedTokenKind.User, SayExpiresIn = false });
        host.Meta.Faults.On(GraphOperations.DebugToken, Fault.WrongJson(
            Inspection(host, "USER", $$""","expires_at":0,"data_access_expires_at":{{end.ToUnixTimeSeconds()}}""")), int.MaxValue);

        var number = await ConnectAsync(host);

        number.TokenExpiresAt.ShouldBe(end);
        number.Findings.ShouldBeEmpty();
        host.Meta.Calls.Of(GraphOperations.ExtendToken).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("USER", ""","expires_at":0""", true)]
    [InlineData("USER", ""","expires_at":0,"data_access_expires_at":0""", false)]
    [InlineData("SYSTEM_USER", ""","expires_at":0""", false)]
    [InlineData("", ""","expires_at":0""", true)]
    [InlineData("A_NEW_KIND", ""","expires_at":0""", true)]
    [InlineData("A_NEW_KIND", ""","expires_at":0,"data_access_expires_at":0""", false)]
    public async Task Never_is_believed_only_where_it_was_said_of_all_that_can_end(string type, string ends, bool unknown)
    {
        await using var host = await StartAsync(new MetaEmulatorOptions { SayExpiresIn = false });
        host.Meta.Faults.On(GraphOperations.DebugToken, Fault.WrongJson(Inspection(host, type, ends)), int.MaxValue);

        var number = await ConnectAsync(host);

        number.TokenExpiresAt.ShouldBeNull();
        number.Findings.Select(finding => finding.Code).ShouldBe(unknown ? ["token_life_unknown"] : []);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("A_NEW_KIND", 1)]
    [InlineData("SYSTEM_USER", 0)]
    public async Task A_short_life_is_extended_unless_it_is_certain_that_the_token_is_no_persons(string type, int extended)
    {
        await using var host = await StartAsync(new MetaEmulatorOptions { SayExpiresIn = false });
        host.Meta.Faults.On(GraphOperations.DebugToken, Fault.WrongJson(Inspection(host, type, $$""","expires_at":{{Now().AddHours(1).ToUnixTimeSeconds()}}""")), int.MaxValue);

        await ConnectAsync(host);

        host.Meta.Calls.Of(GraphOperations.ExtendToken).Count.ShouldBe(extended);
    }

    [Theory]
    [InlineData("""{"code":190,"subcode":490,"message":"Text of Meta's"}""", "facebook_check")]
    [InlineData("""{"code":"190","error_subcode":459}""", "facebook_check")]
    [InlineData("""{"code":415,"subcode":2859009}""", "two_factor_needed")]
    [InlineData("""{"code":190,"subcode":463}""", "token_invalid")]
    [InlineData("""{"code":987654}""", "token_invalid")]
    [InlineData("""{"message":"Text of Meta's"}""", "token_invalid")]
    [InlineData("7", "token_invalid")]
    public async Task Why_a_token_does_not_work_is_told_by_the_reason_inside_its_inspection(string error, string code)
    {
        await using var host = await StartAsync(new MetaEmulatorOptions());
        host.Meta.Faults.On(GraphOperations.DebugToken, Fault.WrongJson($$$"""{"data":{"is_valid":false,"error":{{{error}}},"scopes":[]}}"""), int.MaxValue);
        using var browser = await host.OpenBrowserAsync("acme");

        (await browser.ConnectAsync()).ShouldBe($"/onboarding/whatsapp?error={code}");

        host.Logs.Lines.ShouldAllBe(line => !line.Text.Contains("Text of Meta's"));
    }

    [Theory]
    [InlineData("""{"code":190,"subcode":463}""")]
    [InlineData("""{"code":190,"subcode":490}""")]
    [InlineData("""{"code":415}""")]
    public async Task An_extended_token_that_does_not_work_does_not_replace_the_one_that_does(string error)
    {
        await using var host = await StartAsync(new MetaEmulatorOptions { TokenKind = EmulatedTokenKind.User, SayExpiresIn = false });
        host.Meta.Faults
            .On(GraphOperations.DebugToken, Fault.WrongJson(Inspection(host, "USER", $$""","expires_at":{{Now().AddHours(1).ToUnixTimeSeconds()}}""")))
            .On(GraphOperations.DebugToken, Fault.WrongJson($$$"""{"data":{"error":{{{error}}},"is_valid":false}}"""));

        var number = await ConnectAsync(host);

        number.TokenExpiresAt!.Value.ShouldBe(Now().AddHours(1), Slack);
        number.Findings.ShouldHaveSingleItem().Code.ShouldBe("token_short_lived");
    }

    [Theory]
    [InlineData(""","granular_scopes":[{"scope":"whatsapp_business_management"},{"scope":"whatsapp_business_messaging"}]""", "")]
    [InlineData(""","scopes":"whatsapp_business_management","granular_scopes":[{"scope":"whatsapp_business_management"},{"scope":"whatsapp_business_messaging"}]""", "")]
    [InlineData(""","scopes":["whatsapp_business_messaging"],"granular_scopes":[{"scope":"WHATSAPP_BUSINESS_MANAGEMENT","target_ids":null}]""", "")]
    [InlineData("", "")]
    [InlineData(""","scopes":7,"granular_scopes":[{"scope":{}}]""", "")]
    [InlineData(""","scopes":[]""", "whatsapp_business_management whatsapp_business_messaging")]
    [InlineData(""","granular_scopes":[{"scope":"whatsapp_business_management"}]""", "whatsapp_business_messaging")]
    public async Task A_permission_is_missing_only_if_meta_said_which_there_are_and_neither_list_names_it(string more, string missing)
    {
        await using var host = await StartAsync(new MetaEmulatorOptions(), PopupConnect.Configure);
        host.Meta.Faults.On(GraphOperations.DebugToken, Fault.WrongJson(
            $$$"""{"data":{"app_id":"{{{host.Meta.AppId}}}","type":"SYSTEM_USER","is_valid":true,"expires_at":0{{{more}}}}}"""), int.MaxValue);
        using var api = host.OpenApi("acme");

        (await ApiConnect.CodeOf(await api.ConnectByPopupAsync(host, host.Meta.World.Businesses[0].Wabas[0]))).ShouldBe("connected");

        var findings = (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().Findings;
        findings.ShouldAllBe(finding => finding.Code == "scope_missing");
        string.Join(' ', findings.Select(finding => finding.Subject).Order()).ShouldBe(missing);
    }

    [Fact]
    public async Task Of_two_lives_that_meta_tells_the_shorter_counts()
    {
        await using var host = await StartAsync(new MetaEmulatorOptions { TokenLifetime = TimeSpan.FromDays(60) });
        host.Meta.Faults.On(GraphOperations.DebugToken, Fault.WrongJson(Inspection(host, "SYSTEM_USER", ""","expires_at":0""")), int.MaxValue);

        (await ConnectAsync(host)).TokenExpiresAt!.Value.ShouldBe(Now().AddDays(60), Slack);
    }

    private static async Task UnknownAsync(TheHost host)
    {
        var number = await ConnectAsync(host);
        number.TokenExpiresAt.ShouldBeNull();
        number.Findings.ShouldHaveSingleItem().Code.ShouldBe("token_life_unknown");

        using var browser = await host.OpenBrowserAsync("acme");
        var finding = (await browser.StatusAsync()).GetProperty("phoneNumbers")[0].GetProperty("findings")[0];
        finding.GetProperty("message").GetString().ShouldBe("Meta did not say when this access ends.");
        finding.GetProperty("action").GetString().ShouldNotBeNullOrEmpty();
    }

    private static async Task<TheHost> StartAsync(MetaEmulatorOptions options, Action<HostSetup>? configure = null)
    {
        var host = await TheHost.StartAsync(configure, options);
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        return host;
    }

    private static string Inspection(TheHost host, string type, string more = "") => $$$"""
        {"data":{"app_id":"{{{host.Meta.AppId}}}","type":"{{{type}}}","is_valid":true,"scopes":["whatsapp_business_management","whatsapp_business_messaging"],
        "granular_scopes":[{"scope":"whatsapp_business_management","target_ids":["{{{host.Meta.World.Businesses[0].Wabas[0].Id}}}"]}]{{{more}}}}}
        """;

    private static async Task<PhoneNumber> ConnectAsync(TheHost host)
    {
        await host.ConnectAsync("acme");
        return (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem();
    }

    private static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();
}
