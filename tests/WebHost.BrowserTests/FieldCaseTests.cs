using System.Text.Json;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Webhooks;

namespace WebHost.BrowserTests;

[CollectionDefinition(nameof(FieldCases))]
public sealed class FieldCases : ICollectionFixture<FieldSample>;

/// <summary>What people met in the field when they connected, driven through the sample by HTTP: one test for each case.</summary>
[Collection(nameof(FieldCases))]
public sealed class FieldCaseTests(FieldSample sample)
{
    private MetaEmulator Meta => sample.Meta;

    [Fact, Trait("Case", "C1")]
    public async Task What_the_window_named_is_connected_though_the_token_names_another_brand_too()
    {
        var one = sample.AddNumber();
        var other = one.Waba.Owner.AddWaba("Brand 2");
        FieldSample.Unregistered(other.AddNumber("+1 631-555-0101", "Two"));
        var second = other.AddNumber("+1 631-555-0102", "Three", FieldSample.Unregistered);
        using var acme = await sample.SignUpAsync();
        using var birch = await sample.SignUpAsync();

        (await acme.FinishAsync(one)).GetProperty("phoneCount").GetInt32().ShouldBe(1);

        (other.IsAppSubscribed, other.Numbers.Any(number => number.TwoStepPin is not null)).ShouldBe((false, false));
        Meta.Calls.All.ShouldNotContain(call => call.Path.Contains(other.Id) || other.Numbers.Any(number => call.Path.Contains(number.Id)));
        (await acme.NumberAsync()).GetProperty("id").GetString().ShouldBe(one.Id);
        Code(await birch.FinishAsync(second)).ShouldBe("connected");
        (await Meta.Webhooks.ReceiveMessageAsync(one.Id, "+1 650-555-0123", "Ann", "Only for brand one")).Status.ShouldBe(DeliveryStatus.Delivered);
        (await acme.PageAsync("/dashboard")).ShouldContain("Only for brand one");
        (await birch.PageAsync("/dashboard")).ShouldNotContain("Only for brand one");
        (await birch.ConnectAsync("", one.Waba.Id)).ShouldStartWith("/onboarding/whatsapp?whatsapp=choose");
    }

    [Theory, Trait("Case", "C2")]
    [InlineData(400, 100, 33, "waba_hidden")]
    [InlineData(403, 131031, null, "waba_unread")]
    public async Task A_waba_that_cannot_be_read_stops_neither_the_first_connect_nor_a_later_one(int status, int code, int? subcode, string finding)
    {
        var healthy = sample.AddNumber();
        var broken = healthy.Waba.Owner.AddWaba("Broken");
        broken.AddNumber("+1 631-555-0101", "Two");
        foreach (var operation in (string[])[GraphOperations.ListPhoneNumbers, GraphOperations.SubscribeApp])
            Meta.Faults.On(operation, Fault.Error(status, code, subcode), int.MaxValue, when: call => call.Path.Contains(broken.Id));
        using var person = await sample.SignUpAsync();

        Code(await person.FinishAsync(healthy)).ShouldBe("connected");
        (await person.ConnectAsync("", healthy.Waba.Id, broken.Id)).ShouldStartWith("/dashboard?whatsapp=");

        var number = await person.NumberAsync();
        number.GetProperty("connected").GetBoolean().ShouldBeTrue();
        var found = number.GetProperty("findings").EnumerateArray().ShouldHaveSingleItem();
        (Code(found), found.GetProperty("subject").GetString()).ShouldBe((finding, broken.Id));
    }

    [Theory, Trait("Case", "C3")]
    [InlineData("BANNED", false)]
    [InlineData("DELETED", false)]
    [InlineData("DISCONNECTED", false)]
    [InlineData("PENDING", false)]
    [InlineData("FLAGGED", true)]
    [InlineData("RATE_LIMITED", true)]
    public async Task Meta_s_plain_no_beats_every_other_field_of_the_number(string word, bool connected)
    {
        var number = sample.AddNumber(number => (number.Status, number.PlatformType, number.CodeVerificationStatus) = (word, "CLOUD_API", "VERIFIED"));
        using var person = await sample.SignUpAsync();

        await person.FinishAsync(number);

        var shown = await person.NumberAsync();
        shown.GetProperty("connected").GetBoolean().ShouldBe(connected);
        if (!connected)
            shown.GetProperty("findings").EnumerateArray().Concat(shown.GetProperty("openSteps").EnumerateArray()).ShouldNotBeEmpty("somebody must be told what to do");
    }

    [Fact, Trait("Case", "C4")]
    public async Task A_refused_registration_is_not_repeated_by_connecting_and_says_that_the_name_is_not_ready()
    {
        var number = sample.AddNumber(FieldSample.Unregistered);
        Meta.Faults.On(GraphOperations.Register, Fault.Error(400, 100, 2388001), int.MaxValue, when: call => call.Path.Contains(number.Id));
        using var person = await sample.SignUpAsync();

        for (var connect = 0; connect < 4; connect++)
            Code(await person.FinishAsync(number)).ShouldBe("incomplete");

        Registrations(number).ShouldBe(1);
        Code((await person.NumberAsync()).GetProperty("openSteps")[0]).ShouldBe("name_not_ready");
        var path = "/onboarding/whatsapp/numbers/" + number.Id;
        var page = await person.PageAsync(path);
        page.ShouldContain("display name");
        Meta.Faults.Clear();
        (await person.SendFormAsync(path + "?handler=Run", page, ("step", "register"))).ShouldBe("/dashboard");
        Registrations(number).ShouldBe(2);
    }

    [Theory, Trait("Case", "C5")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_life_that_is_not_told_is_asked_for_and_never_taken_for_endless(bool longLived)
    {
        var number = sample.AddNumber();
        var sixty = sample.Options.ExtendedTokenLifetime;
        (sample.Options.TokenKind, sample.Options.SayExpiresIn, sample.Options.ExtendedTokenLifetime) = (EmulatedTokenKind.User, false, longLived ? sixty : TimeSpan.FromHours(1));
        try
        {
            using var person = await sample.SignUpAsync();
            await person.ConnectAsync("", number.Waba.Id);

            var shown = await person.NumberAsync();
            shown.GetProperty("tokenExpiresAt").GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow + (longLived ? sixty : TimeSpan.FromHours(1)), TimeSpan.FromMinutes(5));
            shown.GetProperty("findings").EnumerateArray().Select(Code).ShouldBe(longLived ? [] : ["token_short_lived"]);
        }
        finally
        {
            (sample.Options.TokenKind, sample.Options.SayExpiresIn, sample.Options.ExtendedTokenLifetime) = (EmulatedTokenKind.SystemUser, true, sixty);
        }
    }

    [Theory, Trait("Case", "C6")]
    [InlineData("+55 11 91234-5678", "+55 11 1234-5678", "connected")]
    [InlineData("+52 1 55 1234 5678", "+52 55 1234 5678", "connected")]
    [InlineData("(631) 555-0100", "+1 631-555-0100", "connected")]
    [InlineData("+55 11 91234-5678", "+55 11 1234-5679", "number_unexpected")]
    public async Task The_expected_number_is_known_in_every_spelling(string expected, string shown, string code)
    {
        var number = sample.AddNumber(phone: shown);
        using var person = await sample.SignUpAsync();

        Code(await person.FinishAsync(number, "&expect=" + Uri.EscapeDataString(expected))).ShouldBe(code);

        (await person.NumbersAsync()).Length.ShouldBe(code == "connected" ? 1 : 0);
    }

    [Theory, Trait("Case", "C15")]
    [InlineData("UNVERIFIED")]
    [InlineData("NOT_VERIFIED")]
    public async Task A_number_that_is_not_verified_is_offered_a_code_and_no_registration(string word)
    {
        var number = sample.AddNumber(number =>
        {
            FieldSample.Unregistered(number);
            number.CodeVerificationStatus = word;
        });
        using var person = await sample.SignUpAsync();
        await person.FinishAsync(number);

        (await person.NumberAsync()).GetProperty("openSteps")[0].GetProperty("step").GetString().ShouldBe("verify");
        Registrations(number).ShouldBe(0);
        (await person.PageAsync("/onboarding/whatsapp/numbers/" + number.Id)).ShouldContain("Text me a code");
        await person.PostAsync("steps", new { phoneNumberId = number.Id, step = "request_code" });
        await person.PostAsync("steps", new { phoneNumberId = number.Id, step = "verify_code", code = number.LastCode });
        (await person.NumberAsync()).GetProperty("connected").GetBoolean().ShouldBeTrue();
    }

    private int Registrations(EmulatedNumber number) => Meta.Calls.Of(GraphOperations.Register).Count(call => call.Path.Contains(number.Id));

    private static string? Code(JsonElement answer) => answer.GetProperty("code").GetString();
}
