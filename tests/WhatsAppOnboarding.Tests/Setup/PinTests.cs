using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Setup;

public sealed class PinTests
{
    [Fact]
    public async Task The_pin_is_shown_to_its_account_and_every_reading_is_recorded()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        await number.ConnectAsync();

        var answer = await PostAsync(number, "acme");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var json = await Browser.JsonAsync(answer);
        json.GetProperty("pin").GetString().ShouldBe(number.AtMeta.TwoStepPin);
        json.GetProperty("confirmed").GetBoolean().ShouldBeTrue();
        var kept = (await number.ReadAsync()).Pins.ShouldHaveSingleItem();
        kept.LastReadAt.ShouldNotBeNull();
        json.GetProperty("storedAt").GetDateTimeOffset().ShouldBe(kept.StoredAt);
        var told = number.Host.Events.Account.Where(told => told.Kind is AccountEvent.PinRead).ShouldHaveSingleItem();
        (told.AccountId, told.Numbers.ShouldHaveSingleItem()).ShouldBe((AccountId.Parse("acme"), number.Id));
        number.Host.Logs.Lines.ShouldContain(line => line.EventId == 1260 && line.Text.Contains("acme") && line.Text.Contains(number.AtMeta.Id));
        number.Host.Logs.Lines.ShouldNotContain(line => line.Text.Contains(number.AtMeta.TwoStepPin!));
    }

    [Fact]
    public async Task A_number_of_another_account_and_one_without_a_pin_look_the_same()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        await number.ConnectAsync();
        number.AtMeta.Waba.AddNumber("+1 631-555-0101", "Two");
        await number.ConnectAsync("globex");

        var answers = (HttpResponseMessage[])[await PostAsync(number, "globex"), await PostAsync(number, "initech"), await PostAsync(number, "acme", "1")];

        foreach (var answer in answers)
            (answer.StatusCode, await ApiConnect.CodeOf(answer)).ShouldBe((HttpStatusCode.NotFound, "pin_unknown"));
        number.Host.Events.Account.Where(told => told.Kind is AccountEvent.PinRead).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sealed_pin_opens_for_no_other_account_and_not_as_a_token()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        await number.ConnectAsync();
        await number.ConnectAsync("globex");
        var mine = await number.ReadAsync();
        await WriteAsync(number, "globex", theirs => theirs with { Pins = mine.Pins });
        await WriteAsync(number, "acme", own => own with { Pins = [new RegistrationPin { Sealed = new SealedSecret(own.Token!.Reveal()), StoredAt = own.ConnectedAt }] });

        (await PostAsync(number, "globex")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync(number, "acme")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("PinPolicy")]
    [InlineData("ManagePolicy")]
    public async Task Who_may_read_it_is_the_hosts_decision(string option)
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered, setup =>
        {
            setup[option] = "nobody";
            setup.Services.Configure<AuthorizationOptions>(authorization => authorization.AddPolicy("nobody", policy => policy.RequireClaim("absent")));
        });

        (await PostAsync(number, "acme")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"phoneNumberId":"x"}""")]
    [InlineData("""{"phoneNumberId":"1","more":true}""")]
    public async Task A_body_that_makes_no_sense_is_refused(string body)
    {
        await using var number = await ANumber.StartAsync();
        using var api = number.Host.OpenApi("acme");

        var answer = await api.PostAsync(ANumber.Pin, new StringContent(body, null, "application/json"), TestContext.Current.CancellationToken);

        (answer.StatusCode, await ApiConnect.CodeOf(answer)).ShouldBe((HttpStatusCode.BadRequest, "bad_request"));
    }

    private static async Task<HttpResponseMessage> PostAsync(ANumber number, string account, string? id = null)
    {
        using var api = number.Host.OpenApi(account);
        return await api.PostAsJsonAsync(ANumber.Pin, new { phoneNumberId = id ?? number.AtMeta.Id }, TestContext.Current.CancellationToken);
    }

    private static Task<PhoneNumberWrite> WriteAsync(ANumber number, string account, Func<PhoneNumber, PhoneNumber> change) =>
        number.Host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(
            AccountId.Parse(account), read => [change(read.Find(number.Id)!)]));
}
