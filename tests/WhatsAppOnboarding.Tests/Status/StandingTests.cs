using System.Text.Json;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Setup;

namespace WhatsAppOnboarding.Tests.Status;

/// <summary>Meta's words on a number against each other and against what was proved.</summary>
public sealed class StandingTests
{
    private static readonly string?[] Statuses =
    [
        "CONNECTED", "FLAGGED", "RATE_LIMITED", "PENDING", "DISCONNECTED", "UNVERIFIED", "OFFLINE", "RESTRICTED", "BANNED", "DELETED", "MIGRATED", "A_NEW_WORD", "UNKNOWN", null,
    ];

    [Fact]
    public void Of_all_words_only_the_good_ones_of_status_are_good_and_silence_is_only_with_a_proof()
    {
        foreach (var status in Statuses)
        {
            foreach (var platform in (string?[])["CLOUD_API", "NOT_APPLICABLE", "ON_PREMISE", "A_NEW_WORD", null])
            {
                foreach (var proved in (bool[])[true, false])
                {
                    var standing = NumberStandings.Of(NumberStatus.From(status), PlatformType.From(platform), proved);
                    bool? expected = (status, platform) switch
                    {
                        (_, "ON_PREMISE") when status is "CONNECTED" or "FLAGGED" or "RATE_LIMITED" or "UNKNOWN" or null => false,
                        ("CONNECTED" or "FLAGGED" or "RATE_LIMITED", _) => true,
                        ("A_NEW_WORD", _) => null,
                        ("UNKNOWN" or null, "CLOUD_API") => true,
                        ("UNKNOWN" or null, "NOT_APPLICABLE") => proved,
                        ("UNKNOWN" or null, "A_NEW_WORD") => null,
                        ("UNKNOWN" or null, _) => proved ? true : null,
                        _ => false,
                    };
                    standing.IsUsable.ShouldBe(expected, $"{status} {platform} {proved}");
                    if (standing.IsUsable is not true)
                        Languages.All.ShouldAllBe(language => language.Words.ContainsKey($"finding.{standing.Finding}.action"));
                }
            }
        }
    }

    [Theory]
    [InlineData("BANNED", "status_banned", "Appeal")]
    [InlineData("banned", "status_banned", "Appeal")]
    [InlineData("PENDING", "status_pending", "by itself")]
    [InlineData("DELETED", "status_deleted", "Add it again")]
    [InlineData("DISCONNECTED", "status_disconnected", "WhatsApp Manager")]
    [InlineData("MIGRATED", "status_migrated", "the account that it is in now")]
    [InlineData("RESTRICTED", "status_restricted", "WhatsApp Manager")]
    [InlineData("UNVERIFIED", "status_unverified", "Verify it")]
    [InlineData("OFFLINE", "status_offline", "by itself")]
    [InlineData("A_NEW_WORD", "status_unknown", "WhatsApp Manager")]
    public async Task Metas_plain_no_beats_everything_that_speaks_for_a_number(string status, string finding, string action)
    {
        await using var number = await ANumber.StartAsync(shape => shape.Status = status);

        (await number.ConnectAsync()).ShouldBe("incomplete");

        var view = await number.StatusAsync();
        view.GetProperty("connected").GetBoolean().ShouldBeFalse();
        var noticed = view.GetProperty("findings").EnumerateArray().ShouldHaveSingleItem();
        (noticed.GetProperty("code").GetString(), noticed.GetProperty("subject").GetString()).ShouldBe((finding, status));
        noticed.GetProperty("action").GetString()!.ShouldContain(action);
        view.GetProperty("action").GetString().ShouldBe(noticed.GetProperty("action").GetString());
        number.Calls(GraphOperations.Register).ShouldBe(0);

        number.AtMeta.Status = "CONNECTED";
        (await number.ConnectAsync()).ShouldBe("connected");
        (await number.StatusAsync()).GetProperty("findings").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("FLAGGED", "APPROVED", "status_flagged")]
    [InlineData("RATE_LIMITED", "APPROVED", "status_rate_limited")]
    [InlineData("CONNECTED", "DECLINED", "name_declined")]
    [InlineData("CONNECTED", "EXPIRED", "name_expired")]
    [InlineData("CONNECTED", "A_NEW_WORD", "name_unknown")]
    public async Task What_only_warns_leaves_a_number_connected(string status, string name, string finding)
    {
        await using var number = await ANumber.StartAsync(shape => (shape.Status, shape.NameStatus) = (status, name));

        (await number.ConnectAsync()).ShouldBe("connected");

        var view = await number.StatusAsync();
        view.GetProperty("connected").GetBoolean().ShouldBeTrue();
        view.GetProperty("findings").EnumerateArray().ShouldHaveSingleItem().GetProperty("code").GetString().ShouldBe(finding);
    }

    [Fact]
    public async Task A_number_on_the_former_api_is_not_connected_though_meta_calls_it_so()
    {
        await using var number = await ANumber.StartAsync(shape => shape.PlatformType = "ON_PREMISE");
        (await number.ConnectAsync()).ShouldBe("incomplete");
        (await number.StatusAsync()).GetProperty("findings")[0].GetProperty("code").GetString().ShouldBe("on_premise");
    }

    [Theory]
    [InlineData("DECLINED", 0, "register: name_not_ready")]
    [InlineData("A_NEW_WORD", 0, "register: registration_unknown")]
    [InlineData("PENDING_REVIEW", 1, "")]
    public async Task A_declined_name_costs_no_registration_by_itself(string name, int calls, string open)
    {
        await using var number = await ANumber.StartAsync(shape =>
        {
            ANumber.Unregistered(shape);
            shape.NameStatus = name;
        });

        await number.ConnectAsync();

        number.Calls(GraphOperations.Register).ShouldBe(calls);
        string.Join(' ', await number.OpenAsync()).ShouldBe(open);
    }

    [Theory]
    [InlineData("BANNED", "status_banned")]
    [InlineData("RESTRICTED", "status_restricted")]
    [InlineData("DISCONNECTED", "status_disconnected")]
    public async Task A_connect_that_hears_less_than_the_last_one_forgets_no_plain_no(string status, string finding)
    {
        await using var number = await ANumber.StartAsync(shape => (shape.Status, shape.NameStatus, shape.AccountMode) = (status, "DECLINED", "SANDBOX"));
        await number.ConnectAsync();
        number.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Error(400, 100, message: "(#100) Tried accessing nonexisting field (status)"));

        (await number.ConnectAsync()).ShouldBe("incomplete");

        var view = await number.StatusAsync();
        view.GetProperty("connected").GetBoolean().ShouldBeFalse();
        Findings(view).ShouldBe([finding, "name_declined", "not_live"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_a_new_listing_leaves_out_stays_known_of_a_number_that_is_held_in_the_same_waba()
    {
        await using var number = await ANumber.StartAsync(ANumber.OnBusinessApp);
        await number.ConnectAsync();
        var before = await number.ReadAsync();
        number.Faults.On(GraphOperations.ListPhoneNumbers, Fault.WrongJson($$"""{"data":[{"id":"{{number.AtMeta.Id}}"}]}"""));

        await number.ConnectAsync();

        var after = await number.ReadAsync();
        after.Generation.ShouldNotBe(before.Generation);
        (after.DisplayPhone, after.VerifiedName, after.QualityRating, after.IsOnBizApp).ShouldBe((before.DisplayPhone, before.VerifiedName, before.QualityRating, before.IsOnBizApp));
        (await number.StepAsync("register")).ShouldBe("on_business_app");
    }

    [Theory]
    [InlineData("\"platform_type\":\"NOT_APPLICABLE\"")]
    [InlineData("\"platform_type\":\"NOT_APPLICABLE\",\"is_on_biz_app\":false")]
    public async Task A_good_word_of_an_earlier_listing_neither_outweighs_a_newer_no_nor_registers_anything(string said)
    {
        await using var number = await ANumber.StartAsync();
        (await number.ConnectAsync()).ShouldBe("connected");
        number.Faults.On(GraphOperations.ListPhoneNumbers, Fault.WrongJson($$"""{"data":[{"id":"{{number.AtMeta.Id}}",{{said}}}]}"""));

        (await number.ConnectAsync()).ShouldBe("incomplete");

        (await number.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeFalse();
        number.Calls(GraphOperations.Register).ShouldBe(0);
    }

    [Theory]
    [InlineData("SANDBOX")]
    [InlineData("A_NEW_WORD")]
    public async Task A_number_that_is_not_live_is_not_connected_and_says_so(string mode)
    {
        await using var number = await ANumber.StartAsync(shape => shape.AccountMode = mode);

        (await number.ConnectAsync()).ShouldBe("incomplete");

        var view = await number.StatusAsync();
        view.GetProperty("connected").GetBoolean().ShouldBeFalse();
        var noticed = view.GetProperty("findings").EnumerateArray().ShouldHaveSingleItem();
        (noticed.GetProperty("code").GetString(), noticed.GetProperty("subject").GetString()).ShouldBe(("not_live", mode));
        view.GetProperty("action").GetString().ShouldBe(noticed.GetProperty("action").GetString());

        number.AtMeta.AccountMode = "LIVE";
        (await number.ConnectAsync()).ShouldBe("connected");
        Findings(await number.StatusAsync()).ShouldBeEmpty();

        number.AtMeta.AccountMode = mode;
        await number.StepAsync("register");
        Findings(await number.StatusAsync()).ShouldBe(["not_live"], "each look at the number counts");
    }

    [Theory]
    [InlineData("PENDING", "status_pending")]
    [InlineData("OFFLINE", "status_offline")]
    [InlineData("", "status_unsaid")]
    public async Task A_number_in_the_app_is_not_advised_to_be_registered(string status, string finding)
    {
        await using var number = await ANumber.StartAsync(shape => (shape.IsOnBizApp, shape.Status, shape.PlatformType) = (true, status, "NOT_APPLICABLE"));

        await number.ConnectAsync();

        Findings(await number.StatusAsync()).ShouldBe([finding]);
        (await number.StepAsync("register")).ShouldBe("on_business_app");
    }

    [Fact]
    public async Task A_token_that_meta_has_refused_is_not_connected_and_not_handed_out_until_meta_shows_the_number_again()
    {
        await using var number = await ANumber.StartAsync();
        await number.ConnectAsync();
        await ChangeAsync(number, held => held with { Evidence = held.Evidence with { RefusedAt = held.Evidence.ListedAt!.Value.AddSeconds(1) } });

        var view = await number.StatusAsync();
        (view.GetProperty("connected").GetBoolean(), view.GetProperty("state").GetString(), view.GetProperty("shared").GetBoolean()).ShouldBe((false, "reconnect_needed", false));
        view.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("code").GetString()).ShouldContain("reconnect_needed");
        (await TokenAsync(number)).ShouldBe("token_invalid");

        (await number.ConnectAsync()).ShouldBe("connected");
        (await TokenAsync(number)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_two_holders_the_one_whose_token_is_refused_is_not_connected_even_when_the_other_has_left()
    {
        await using var number = await ANumber.StartAsync();
        await number.ConnectAsync("acme");
        await number.ConnectAsync("birch");
        await ChangeAsync(number, held => held with { Evidence = held.Evidence with { RefusedAt = held.Evidence.ListedAt!.Value.AddSeconds(1) } });

        (await number.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeFalse();
        (await number.StatusAsync("birch")).GetProperty("connected").GetBoolean().ShouldBeTrue();
        await number.Host.DisconnectAsync("birch");

        (await number.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeFalse();
        (await number.StatusAsync()).GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("code").GetString()).ShouldContain("reconnect_needed");
    }

    [Theory]
    [InlineData("register", 10, 72)]
    [InlineData("verify", 5, 12)]
    public async Task An_open_step_says_what_a_press_spends_of_metas_tries_and_how_many_are_left(string step, int limit, int hours)
    {
        await using var number = await ANumber.StartAsync(step == "verify" ? ANumber.Unverified : ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 100, 2388001), times: int.MaxValue);
        number.Faults.On(GraphOperations.RequestCode, Fault.Error(400, 136024, 2388367), times: int.MaxValue);
        await number.ConnectAsync();
        await number.StepAsync(step == "verify" ? "request_code" : "register");
        var used = step == "verify" ? 1 : 2;

        var open = (await number.StatusAsync()).GetProperty("openSteps").EnumerateArray().ShouldHaveSingleItem();

        var budget = open.GetProperty("budget");
        (budget.GetProperty("used").GetInt32(), budget.GetProperty("limit").GetInt32(), budget.GetProperty("left").GetInt32()).ShouldBe((used, limit, limit - used));
        var message = open.GetProperty("budgetMessage").GetString()!;
        message.ShouldContain($"{limit}");
        message.ShouldContain($"{hours} hours");
        message.ShouldEndWith($"Left: {limit - used}.");
        JsonSerializer.Serialize((await number.ReadAsync()).OpenSteps).ShouldNotContain("Budget", Case.Sensitive, "a store keeps nothing in a language");
    }

    [Fact]
    public async Task A_holder_of_a_shared_number_reads_what_is_left_without_whose_tries_they_were()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 100, 2388001), times: int.MaxValue);
        await number.ConnectAsync("acme");
        await number.ConnectAsync("birch");

        var open = (await number.StatusAsync("birch")).GetProperty("openSteps")[0];

        open.GetProperty("budget").GetProperty("left").GetInt32().ShouldBe(8);
        open.GetRawText().ShouldNotContain("acme");
        open.GetProperty("budgetMessage").GetString()!.ShouldContain("for a number");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_former_holder_reads_nothing_of_the_tries_of_the_present_one(bool open)
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 100, 2388001), times: int.MaxValue);
        await number.ConnectAsync("acme");
        await number.Host.DisconnectAsync("acme");
        if (open)
            await ChangeAsync(number, held => held.WithOpenStep("register", "not_registered", DateTimeOffset.UnixEpoch));
        var before = (await number.StatusAsync()).GetRawText();

        await number.ConnectAsync("birch");
        await number.StepAsync("register", "birch");

        var view = await number.StatusAsync();
        view.GetProperty("registration").ValueKind.ShouldBe(JsonValueKind.Null);
        view.GetRawText().ShouldBe(before);
    }

    private static string?[] Findings(JsonElement view) => [.. view.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("code").GetString())];

    private static Task<PhoneNumberWrite> ChangeAsync(ANumber number, Func<PhoneNumber, PhoneNumber> change) => number.Host.UseAsync<NumberAuthority, PhoneNumberWrite>(
        store => store.WriteAsync(AccountId.Parse("acme"), account => [change(account.Numbers.Single())], TestContext.Current.CancellationToken));

    private static Task<string?> TokenAsync(ANumber number) => number.Host.UseAsync<IWhatsAppAccounts, string?>(
        async accounts => (await accounts.GetTokenAsync(AccountId.Parse("acme"), number.Id, TestContext.Current.CancellationToken)).Code);
}
