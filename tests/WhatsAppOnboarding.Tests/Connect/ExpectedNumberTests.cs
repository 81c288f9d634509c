using System.Net;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Tests.Notices;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding.Tests.Connect;

public sealed class ExpectedNumberTests
{
    [Theory]
    [InlineData("16315550100")]
    [InlineData("%2B1+(631)+555-0100")]
    [InlineData("id")]
    public async Task The_expected_number_connects(string expect)
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var api = host.OpenApi("acme");
        using var browser = await host.OpenBrowserAsync("birch");
        expect = expect == "id" ? number.Id : expect;

        var start = await api.StartPopupAsync($"&expect={expect}");
        var answer = await api.PostAsync(new { code = host.Meta.IssuePopupCode(), state = start.GetProperty("state").GetString() });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var back = await host.Meta.ApproveAsync(await browser.StartAsync($"?expect={expect}"), null, TestContext.Current.CancellationToken);
        (await browser.ReturnAsync(back)).ShouldBe("/dashboard?whatsapp=connected");
    }

    [Fact]
    public async Task Another_number_than_the_expected_one_connects_nothing()
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var browser = await host.OpenBrowserAsync("acme");

        var back = await host.Meta.ApproveAsync(await browser.StartAsync("?expect=16315550199"), null, TestContext.Current.CancellationToken);

        (await browser.ReturnAsync(back)).ShouldBe("/onboarding/whatsapp?error=number_unexpected");
        (await host.ReadAsync("acme")).Numbers.ShouldBeEmpty();
        number.Waba.IsAppSubscribed.ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_number_that_meta_shows_without_its_digits_is_not_told_to_be_another_one(string? shown)
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        host.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.WrongJson(
            shown is null ? $$"""{"data":[{"id":"{{number.Id}}"}]}""" : $$"""{"data":[{"id":"{{number.Id}}","display_phone_number":"{{shown}}"}]}"""));
        using var browser = await host.OpenBrowserAsync("acme");

        var back = await host.Meta.ApproveAsync(await browser.StartAsync("?expect=16315550199"), null, TestContext.Current.CancellationToken);

        (await browser.ReturnAsync(back)).ShouldBe("/onboarding/whatsapp?error=meta_unreadable");
        (await host.ReadAsync("acme")).Numbers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("+55 11 91234-5678", "+55 11 1234-5678")]
    [InlineData("+55 (0)11 98765-4321", "+55 11 8765-4321")]
    [InlineData("+44 (0)20 7946 0018", "+44 20 7946 0018")]
    [InlineData("0044 20 7946 0018", "+44 20 7946 0018")]
    [InlineData("020 7946 0018", "+44 20 7946 0018")]
    [InlineData("(631) 555-0100", "+1 631-555-0100")]
    [InlineData("011 44 20 7946 0018", "+44 20 7946 0018")]
    [InlineData("+39 06 1234 5678", "+39 06 1234 5678")]
    [InlineData("+1 631.555.0100 ext. 5", "+1 631-555-0100")]
    [InlineData("+1\u00A0631\u2011555\u20110100", "+1 631-555-0100")]
    [InlineData("\uFF0B\u0661\u0666\u0663\u0661\u0665\u0665\u0665\u0660\u0661\u0660\u0660", "+1 631-555-0100")]
    [InlineData("+54 9 11 1234-5678", "+54 11 1234-5678")]
    [InlineData("+54 11 15-1234-5678", "+54 9 11 1234-5678")]
    [InlineData("+52 1 55 1234 5678", "+52 55 1234 5678")]
    [InlineData("+225 08 09 10 11", "+225 07 08 09 10 11")]
    [InlineData("+225 07 08 09 10 11", "+225 08 09 10 11")]
    [InlineData("+229 97 12 34 56", "+229 01 97 12 34 56")]
    [InlineData("+49 (0) 30 1234567", "49301234567")]
    [InlineData("(011) 98765-4321", "+55 11 98765-4321")]
    [InlineData("011 15-6123-4567", "+54 9 11 6123-4567")]
    [InlineData("011 55 11 98765-4321", "+55 11 98765-4321")]
    [InlineData("0011 55 11 98765-4321", "+55 11 98765-4321")]
    [InlineData("0015 55 11 98765-4321", "+55 11 98765-4321")]
    [InlineData("010 81 90 1234 5678", "+81 90-1234-5678")]
    [InlineData("(81) 98765-4321", "+55 81 98765-4321")]
    [InlineData("(323) 555-1234", "+1 323-555-1234")]
    [InlineData("(475) 222-1234", "+1 475-222-1234")]
    [InlineData("(479) 555-1234", "+1 479-555-1234")]
    [InlineData("812 3456 7890", "+62 812-3456-7890")]
    [InlineData("+57 1 2345678", "+57 601 2345678")]
    [InlineData("+57 602 3456789", "+57 2 3456789")]
    [InlineData("+241 07 12 34 56", "+241 77 12 34 56")]
    [InlineData("+241 6 12 34 56", "+241 66 12 34 56")]
    [InlineData("+237 77123456", "+237 677123456")]
    [InlineData("22 23 45 67", "+237 222 23 45 67")]
    [InlineData("+56 2 345 6789", "+56 2 2345 6789")]
    [InlineData("+56 32 234567", "+56 32 223 4567")]
    [InlineData("09 8765 4321", "+56 9 8765 4321")]
    [InlineData("+593 9 876 5432", "+593 99 876 5432")]
    [InlineData("+966 1 234 5678", "+966 11 234 5678")]
    [InlineData("02 345 6789", "+966 12 345 6789")]
    [InlineData("+230 712 3456", "+230 5712 3456")]
    [InlineData("+974 551 2345", "+974 5551 2345")]
    [InlineData("+63 2 812 3456", "+63 2 8812 3456")]
    [InlineData("0168 123 4567", "+84 38 123 4567")]
    [InlineData("+84 90 123 4567", "+84 90 123 4567")]
    [InlineData("+84 70 123 4567", "+84 120 123 4567")]
    [InlineData("044 55 1234 5678", "+52 55 1234 5678")]
    [InlineData("045 55 1234 5678", "+52 1 55 1234 5678")]
    [InlineData("01 55 1234 5678", "+52 55 1234 5678")]
    public void One_number_is_one_however_it_is_written_or_was_lengthened(string written, string shown)
    {
        TelephoneNumber.Same(written, shown).ShouldBeTrue();
        TelephoneNumber.Same(TelephoneNumber.Clean(written), shown).ShouldBeTrue("the state carries the clean form");
    }

    [Theory]
    [InlineData("+55 11 91234-5678", "+55 21 1234-5678")]
    [InlineData("+55 11 93456-7890", "+55 11 3456-7890")]
    [InlineData("+44 20 7946 0018", "+44 20 7946 0019")]
    [InlineData("+39 6 1234 5678", "+39 06 1234 5678")]
    [InlineData("020 7946 0018", "+44 20 7946 0019")]
    [InlineData("+1 631-555-0100", "+44 631 555 0100")]
    [InlineData("+225 05 08 09 10 11", "+225 08 09 10 11")]
    [InlineData("+225 05 08 09 10 11", "+225 07 08 09 10 11")]
    [InlineData("+229 01 97 12 34 57", "+229 97 12 34 56")]
    [InlineData("+54 9 11 1234-5678", "+54 9 11 1234-5679")]
    [InlineData("+52 1 55 1234 5678", "+52 55 1234 5679")]
    [InlineData("(011) 98765-4321", "+55 21 98765-4321")]
    [InlineData("(81) 98765-4321", "+55 82 98765-4321")]
    [InlineData("+81 98765-4321", "+55 81 98765-4321")]
    [InlineData("+57 1 2345678", "+57 602 2345678")]
    [InlineData("+57 300 2345678", "+57 601 2345678")]
    [InlineData("+241 07 12 34 56", "+241 74 12 34 56")]
    [InlineData("+237 77123456", "+237 277123456")]
    [InlineData("+56 32 234567", "+56 32 323 4567")]
    [InlineData("+230 212 3456", "+230 5212 3456")]
    [InlineData("+84 168 123 4567", "+84 39 123 4567")]
    [InlineData("044 55 1234 5678", "+52 55 1234 5679")]
    [InlineData("+1 631-555-0100", null)]
    public void Another_number_stays_another(string written, string? shown) => TelephoneNumber.Same(written, shown).ShouldBeFalse();

    [Fact]
    public async Task The_expected_number_is_recognised_in_the_form_that_meta_still_shows()
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+55 11 1234-5678", "One");
        using var browser = await host.OpenBrowserAsync("acme");

        var back = await host.Meta.ApproveAsync(
            await browser.StartAsync("?expect=" + Uri.EscapeDataString("+55 11 91234-5678")), null, TestContext.Current.CancellationToken);

        (await browser.ReturnAsync(back)).ShouldBe("/dashboard?whatsapp=connected");
    }

    [Theory]
    [InlineData("(011) 98765-4321", "+55 11 98765-4321")]
    [InlineData("(81) 98765-4321", "+55 81 98765-4321")]
    public async Task The_expected_number_is_recognised_as_it_is_dialled_at_home(string expect, string shown)
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber(shown, "One");
        using var browser = await host.OpenBrowserAsync("acme");

        var back = await host.Meta.ApproveAsync(await browser.StartAsync("?expect=" + Uri.EscapeDataString(expect)), null, TestContext.Current.CancellationToken);

        (await browser.ReturnAsync(back)).ShouldBe("/dashboard?whatsapp=connected");
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("abc")]
    [InlineData("+")]
    [InlineData("111111111111111111111111111111111111111111111")]
    [InlineData("call +1 631-555-0100")]
    [InlineData("1111111111111111111111111111111111111111111111111111111111111111111111")]
    public async Task An_expectation_that_makes_no_sense_is_refused(string expect)
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        using var api = host.OpenApi("acme");
        using var browser = await host.OpenBrowserAsync("acme");

        (await ApiConnect.CodeOf(await api.AskAsync($"{Browser.Connect}?expect={Uri.EscapeDataString(expect)}"))).ShouldBe("bad_request");
        (await browser.GetAsync($"{Browser.Connect}?expect={Uri.EscapeDataString(expect)}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("+55 11 1234-5678", "5511912345678", true)]
    [InlineData("+52 55 1234 5678", "5215512345678", true)]
    [InlineData("+52 55 1234 5678", "5215512345679", false)]
    public async Task What_meta_tells_of_a_number_finds_it_in_its_other_form(string shown, string told, bool found)
    {
        await using var news = await TheNews.StartAsync(number => number.DisplayPhoneNumber = shown);

        await news.TellAsync("phone_number_quality_update", $$"""{"display_phone_number":"{{told}}","event":"FLAGGED","current_limit":"TIER_1K"}""");

        (await news.ReadAsync()).Notices.Count.ShouldBe(found ? 1 : 0);
    }
}
