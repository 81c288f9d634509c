using System.Globalization;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Errors;

public sealed class MetaErrorTests(MetaFlows flows) : IClassFixture<MetaFlows>
{
    public static IEnumerable<TheoryDataRow<int, int>> Rows =>
        from index in Enumerable.Range(0, MetaErrors.All.Count)
        let row = MetaErrors.All[index]
        from code in new[] { row.Code, row.LastCode }.Distinct()
        select new TheoryDataRow<int, int>(index, code) { TestDisplayName = $"{row.Where ?? "any"} {code}/{row.Subcode}: {row.Stable}" };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Meta_says_it_the_customer_is_told_what_to_do_and_the_operator_what_it_means(int index, int code)
    {
        var row = MetaErrors.All[index];
        var fault = Fault.Error(StatusOf(code), code, row.Subcode, row == MetaErrors.BadProof ? "Invalid appsecret_proof provided in the API argument" : null);

        var flow = row.Where == MetaErrors.Dialog
            ? await flows.ReturnAsync($"error_code={code}&error_message=App%20Not%20Set%20Up")
            : await flows.RunAsync(row.Where ?? "list_phone_numbers", fault);

        flow.Code.ShouldBe(row.Stable);
        var hint = flow.Logs.Last(line => line.EventId is >= 1280 and < 1290);
        hint.Text.ShouldContain(row.Cause);
        if (row.Cure is not null)
            hint.Text.ShouldContain(row.Cure);
        hint.Level.ShouldBe(row switch
        {
            { Cure: null } => LogLevel.Information,
            { Stable: "app_misconfigured" or "redirect_mismatch" } => LogLevel.Error,
            _ => LogLevel.Warning,
        });
    }

    [Fact]
    public void Every_row_has_a_flow_a_known_code_and_words_and_stands_once()
    {
        MetaErrors.All.Select(row => row.Where ?? "list_phone_numbers").ShouldBeSubsetOf(flows.Calls);
        MetaErrors.All.ShouldAllBe(row => ErrorCatalogue.Find(row.Stable).Code == row.Stable);
        MetaErrors.All.ShouldAllBe(row => row.Cause.EndsWith('.') && (row.Cure == null || row.Cure.EndsWith('.')) && row.Code <= row.LastCode);
        MetaErrors.All.Where(row => row != MetaErrors.BadProof).Select(row => (row.Where, row.Code, row.Subcode)).ShouldBeUnique();
    }

    [Fact]
    public void A_new_error_is_one_row_which_gives_its_kind_its_code_and_its_hint()
    {
        foreach (var row in MetaErrors.All.Where(row => row != MetaErrors.BadProof))
        {
            var status = row.Status ?? 400;
            var kind = MetaErrors.KindOf(row.Where ?? "any_call", new MetaError(row.Code, row.Subcode, false, false, null, null), status);
            var error = new GraphError { Kind = kind, Operation = row.Where ?? "any_call", HttpStatus = status, Code = row.Code, Subcode = row.Subcode };

            kind.ShouldBe(MetaErrors.KindOf(row), row.ToString());
            MetaErrors.RowOf(error).ShouldBe(row);
            error.StableCode.ShouldBe(row.Stable);
        }
    }

    [Fact]
    public void A_kind_says_what_its_stable_code_says()
    {
        foreach (var row in MetaErrors.All.Where(row => row is { Kind: null, Where: null }))
            MetaErrors.StableOf(new GraphError { Kind = MetaErrors.KindOf(row), Operation = "any_call" }).ShouldBeOneOf(row.Stable, ErrorCodes.MetaRefused);
    }

    /// <summary>The action of each code, in one language, must be able to cure each cause that is told as it.</summary>
    [Theory]
    [InlineData("en", "Connect WhatsApp", "Wait", "who run this service")]
    [InlineData("es", "Conectar WhatsApp", "Espera", "quienes administran este servicio")]
    [InlineData("pt", "Conectar WhatsApp", "Aguarde", "quem administra este serviço")]
    public void Every_row_is_told_with_an_action_that_can_cure_it(string language, string connect, string wait, string operators)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        foreach (var row in MetaErrors.All)
        {
            var text = ErrorCatalogue.Find(row.Stable, culture);
            switch (row.Stable)
            {
                case ErrorCodes.AppMisconfigured or ErrorCodes.RedirectMismatch or ErrorCodes.MessageInvalid or ErrorCodes.MetaRefused:
                    text.Action.ShouldContain(operators, Case.Insensitive, row.ToString());
                    text.Action.ShouldNotContain(connect, Case.Sensitive, "pressing cannot cure it");
                    text.Retryable.ShouldBeFalse();
                    break;
                case ErrorCodes.CodeExpired or ErrorCodes.CodeUsed or ErrorCodes.CodeRefused or ErrorCodes.TokenInvalid or ErrorCodes.PermissionMissing or ErrorCodes.NoWaba
                    or ErrorCodes.MetaNotFound or ErrorCodes.TwoFactorNeeded or ErrorCodes.FacebookCheck:
                    text.Action.ShouldContain(connect, Case.Sensitive, row.ToString());
                    text.Retryable.ShouldBeTrue("where nothing may be tried again, a page has no button to press");
                    break;
                case ErrorCodes.MetaThrottled or ErrorCodes.MetaUnavailable or ErrorCodes.CodeTooSoon or ErrorCodes.CodeNotSent or ErrorCodes.CodeLimit or ErrorCodes.RegisterLimit
                    or ErrorCodes.PinLocked or ErrorCodes.PinTooFast or ErrorCodes.NumberJustDeleted or ErrorCodes.DeregisterIncomplete or ErrorCodes.SendingLimit:
                    (row.Retry, text.Action.StartsWith(wait, StringComparison.Ordinal)).ShouldBe((RetryAdvice.Later, true), row.ToString());
                    break;
                default:
                    text.Action.ShouldNotContain(connect, Case.Sensitive, "pressing cannot cure it");
                    break;
            }
        }

        MetaErrors.All.Where(row => row.Stable == ErrorCodes.MetaRefused).Select(row => (row.Where, row.Code)).ShouldBe(
            [("extend_token", 100), (null, 100)], ignoreOrder: true, customMessage: "a cause that is known has a code of its own");
    }

    public static TheoryData<string, int, int?, string> OfPeople => new()
    {
        { "list_phone_numbers", 415, 2859009, "two_factor_needed" },
        { "list_phone_numbers", 415, 1404120, "two_factor_needed" },
        { "list_owned_wabas", 200, 2859009, "two_factor_needed" },
        { "verify_code", 100, 1404120, "two_factor_needed" },
        { "list_phone_numbers", 190, 459, "facebook_check" },
        { "list_businesses", 190, 490, "facebook_check" },
        { "extend_token", 190, 464, "facebook_check" },
        { "list_phone_numbers", 490, null, "facebook_check" },
        { "exchange_code", 490, 33, "facebook_check" },
        { "register_number", 459, null, "facebook_check" },
        { "list_owned_wabas", 464, 2069030, "facebook_check" },
        { "register_number", 100, 2388001, "name_not_ready" },
        { "register_number", 133000, 2388001, "name_not_ready" },
        { "request_code", 100, 2388091, "code_too_soon" },
        { "exchange_code", 191, null, "app_misconfigured" },
    };

    [Theory]
    [MemberData(nameof(OfPeople))]
    public async Task What_only_a_person_can_cure_has_a_code_of_its_own_whatever_was_asked_for(string call, int code, int? subcode, string stable) =>
        (await flows.RunAsync(call, Fault.Error(400, code, subcode))).Code.ShouldBe(stable);

    [Theory]
    [InlineData("error_code=1349126&error_message=App%20Not%20Set%20Up", "app_misconfigured", LogLevel.Error)]
    [InlineData("error_code=901&error_message=Sorry", "app_misconfigured", LogLevel.Error)]
    [InlineData("error_code=191&error_message=Sorry", "app_misconfigured", LogLevel.Error)]
    [InlineData("error=invalid_scope&error_description=Sorry", "app_misconfigured", LogLevel.Error)]
    [InlineData("error=temporarily_unavailable", "meta_unavailable", LogLevel.Information)]
    [InlineData("error_code=2&error_message=Sorry", "meta_unavailable", LogLevel.Information)]
    [InlineData("error_code=987654&error_message=Sorry", "meta_refused", LogLevel.Warning)]
    [InlineData("error=Sorry", "meta_refused", LogLevel.Warning)]
    [InlineData("error=access_denied&error_code=200&error_description=Sorry", "cancelled", LogLevel.Information)]
    [InlineData("error=access_denied&error_reason=user_denied&error_description=Sorry&error_code=1349126", "cancelled", LogLevel.Information)]
    [InlineData("error_reason=user_denied", "cancelled", LogLevel.Information)]
    [InlineData("error_reason=user_denied&error_description=Sorry&error_code=200", "cancelled", LogLevel.Information)]
    [InlineData("error=server_error&error_code=1349126&error_message=App%20Not%20Set%20Up", "app_misconfigured", LogLevel.Error)]
    [InlineData("error=Sorry&error_code=901", "app_misconfigured", LogLevel.Error)]
    [InlineData("error=server_error&error_code=987654", "meta_unavailable", LogLevel.Information)]
    [InlineData("error_message=Sorry", "meta_refused", LogLevel.Warning)]
    [InlineData("error_message=App%20Not%20Set%20Up", "meta_refused", LogLevel.Warning)]
    [InlineData("error_description=Sorry&error_code=Sorry", "meta_refused", LogLevel.Warning)]
    [InlineData("error=server_error&error=access_denied", "callback_incomplete", LogLevel.Information)]
    [InlineData("code=a&error_code=1349126", "callback_incomplete", LogLevel.Information)]
    public async Task A_return_without_a_code_says_who_can_cure_it_and_names_digits_and_known_words_in_the_log(string query, string code, LogLevel level)
    {
        var flow = await flows.ReturnAsync(query);

        flow.Code.ShouldBe(code);
        var line = flow.Logs.Single(line => line.EventId == 1300);
        line.Level.ShouldBe(level);
        if (query.StartsWith("error_code=", StringComparison.Ordinal))
            line.Text.ShouldContain(query.Split('=', '&')[1]);
        if (query.StartsWith("error=i", StringComparison.Ordinal))
            line.Text.ShouldContain("invalid_scope");
        flow.Logs.ShouldAllBe(logged => !logged.Text.Contains("Sorry") && !logged.Text.Contains("Not Set Up"));
    }

    [Fact]
    public void What_only_the_operator_can_put_right_always_has_a_cure() =>
        MetaErrors.All.Where(row => row.Stable is ErrorCodes.AppMisconfigured or ErrorCodes.RedirectMismatch).ShouldAllBe(row => row.Cure != null);

    [Theory]
    [InlineData("exchange_code")]
    [InlineData("list_phone_numbers")]
    [InlineData("subscribe_app")]
    [InlineData("unsubscribe_app")]
    public async Task An_unknown_code_is_classed_by_its_kind(string where)
    {
        (await flows.RunAsync(where, Fault.Error(400, 987654))).Code.ShouldBe("meta_refused");
        (await flows.RunAsync(where, Fault.Error(503, 987654))).Code.ShouldBe("meta_unavailable");
        (await flows.RunAsync(where, Fault.Error(429, 987654))).Code.ShouldBe("meta_throttled");
    }

    [Fact]
    public async Task What_meta_calls_passing_is_believed_before_the_table()
    {
        (await flows.RunAsync("list_phone_numbers", Fault.Error(400, 190, isTransient: true))).Code.ShouldBe("meta_unavailable");
        (await flows.RunAsync("exchange_code", Fault.Error(500, 1))).Code.ShouldBe("meta_unavailable");
    }

    /// <summary>As Meta lists them; most are 400.</summary>
    private static int StatusOf(int code) => code switch
    {
        0 or 190 => 401,
        10 or (>= 200 and <= 299) or 368 or 131031 or 131005 or 130497 => 403,
        3 or 131000 or 131016 or 131045 or 131057 or 133000 => 500,
        2 or 133004 => 503,
        _ => 400,
    };
}
