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

        var flow = await flows.RunAsync(row.Where ?? "list_phone_numbers", fault);

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
            MetaErrors.StableOf(error).ShouldBe(row.Stable);
        }
    }

    [Fact]
    public void A_kind_says_what_its_stable_code_says()
    {
        foreach (var row in MetaErrors.All.Where(row => row is { Kind: null, Where: null }))
            MetaErrors.StableOf(new GraphError { Kind = MetaErrors.KindOf(row), Operation = "any_call" }).ShouldBeOneOf(row.Stable, ErrorCodes.MetaRefused);
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
