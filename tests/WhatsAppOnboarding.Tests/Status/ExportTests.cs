using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Tests.Notices;

namespace WhatsAppOnboarding.Tests.Status;

/// <summary>An account's export: all that is kept of it, in a documented shape, and no secret.</summary>
public sealed class ExportTests
{
    private static readonly AccountId Acme = AccountId.Parse("acme");

    [Fact]
    public void The_schema_in_the_docs_is_that_of_the_code() => ExportSchema.ShouldBeWritten();

    [Fact]
    public async Task An_export_has_what_is_kept_as_the_schema_says_and_no_secret()
    {
        await using var persons = await PersonsHost.StartAsync();
        await persons.ConnectAsync("acme");
        var host = persons.Host;
        var number = host.Meta.World.Businesses[0].Wabas[0].Numbers[0];
        await KeepSecretsAsync(host, PhoneNumberId.Parse(number.Id));
        await host.UseAsync<IWhatsAppSetup, KeptPin?>(setup => setup.ReadPinAsync(Acme, PhoneNumberId.Parse(number.Id), "ann"));

        using var export = await ExportAsync(host, Acme);

        ExportSchema.FaultsOf(export.RootElement).ShouldBeEmpty();
        var root = export.RootElement;
        (root.GetProperty("version").GetInt32(), root.GetProperty("accountId").GetString(), root.GetProperty("wabaId").GetString()).ShouldBe((1, "acme", number.Waba.Id));
        var exported = root.GetProperty("numbers").EnumerateArray().ShouldHaveSingleItem();
        (exported.GetProperty("phoneNumberId").GetString(), exported.GetProperty("state").GetString(), exported.GetProperty("displayPhone").GetString()).ShouldBe((number.Id, "Active", number.DisplayPhoneNumber));
        exported.GetProperty("evidence").GetProperty("listedAt").ValueKind.ShouldBe(JsonValueKind.String);
        exported.GetProperty("pins").EnumerateArray().ShouldHaveSingleItem().GetProperty("lastReadBy").GetString().ShouldBe("ann");
        root.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("outcome").GetString()).ShouldContain("connected");
        root.GetProperty("events").EnumerateArray().Select(told => told.GetProperty("kind").GetString()).ShouldBe(["connected", "pin_read"]);
        root.GetProperty("webhookItems").GetArrayLength().ShouldBe(0);

        var text = root.GetRawText();
        foreach (var secret in await SecretsAsync(host))
            text.ShouldNotContain(secret);
    }

    [Fact]
    public async Task An_export_is_the_accounts_own_and_that_of_an_unknown_one_is_empty()
    {
        await using var host = await TheHost.StartAsync();
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        await host.ConnectAsync("birch");

        using var birch = await ExportAsync(host, AccountId.Parse("birch"));
        using var nobody = await ExportAsync(host, AccountId.Parse("cedar"));

        birch.RootElement.GetRawText().ShouldNotContain("acme");
        ExportSchema.FaultsOf(nobody.RootElement).ShouldBeEmpty();
        foreach (var list in new[] { "numbers", "starts", "attempts", "links", "events", "webhookItems" })
        {
            nobody.RootElement.GetProperty(list).GetArrayLength().ShouldBe(0);
            (birch.RootElement.GetProperty(list).GetArrayLength() > 0).ShouldBe(list is not ("webhookItems" or "links"));
        }
    }

    [Fact]
    public async Task Ten_thousand_numbers_are_exported_each_once()
    {
        await using var host = await TheHost.StartAsync();
        var at = DateTimeOffset.UtcNow;
        PhoneNumber[] numbers = [.. Enumerable.Range(1, 10_000).Select(n => new PhoneNumber
        {
            AccountId = Acme, PhoneNumberId = PhoneNumberId.Parse($"{n}"), WabaId = WabaId.Parse("9"), State = NumberState.Active, Generation = Guid.NewGuid(), ConnectSequence = 1, GrantOrder = n,
            Token = new SealedSecret("sealed"), CreatedAt = at, ConnectedAt = at,
        })];
        await host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(Acme, _ => numbers));

        using var export = await ExportAsync(host, Acme);

        export.RootElement.GetProperty("numbers").EnumerateArray().Select(number => number.GetProperty("phoneNumberId").GetString()).ShouldBe(numbers.Select(number => number.PhoneNumberId.ToString()));
    }

    [Theory]
    [InlineData(typeof(PhoneNumber))]
    [InlineData(typeof(RegistrationPin))]
    [InlineData(typeof(ConnectAttempt))]
    [InlineData(typeof(AccountEvent))]
    [InlineData(typeof(StoredEvent))]
    [InlineData(typeof(LedgerRecord))]
    [InlineData(typeof(StartedAttempt))]
    [InlineData(typeof(SetupLink))]
    public void Every_member_of_what_is_kept_is_exported_or_named_as_left_out(Type kept)
    {
        var (exported, leftOut) = kept.Name switch
        {
            nameof(PhoneNumber) => (typeof(ExportedNumber), ExportedNumber.LeftOut),
            nameof(RegistrationPin) => (typeof(ExportedPin), ExportedPin.LeftOut),
            nameof(ConnectAttempt) => (typeof(ExportedAttempt), ExportedAttempt.LeftOut),
            nameof(AccountEvent) => (typeof(ExportedEvent), ExportedEvent.LeftOut),
            nameof(StartedAttempt) => (typeof(ExportedStart), ExportedStart.LeftOut),
            nameof(SetupLink) => (typeof(ExportedLink), []),
            nameof(StoredEvent) => (typeof(ExportedEvent), ExportedEvent.LeftOutOfStored),
            _ => (typeof(ExportedItem), ExportedItem.LeftOut),
        };

        Members(kept).Except(Members(exported)).Except(leftOut).ShouldBeEmpty("export it (ExportRecords.cs), or name it as left out");
        leftOut.Intersect(kept == typeof(StoredEvent) ? [] : Members(exported)).ShouldBeEmpty();
        leftOut.Except(Members(kept)).ShouldBeEmpty();

        static string[] Members(Type type) => [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name)];
    }

    private static Task<JsonDocument> ExportAsync(TheHost host, AccountId account) => host.UseAsync<IWhatsAppAccounts, JsonDocument>(accounts => accounts.ExportAsync(account));

    /// <summary>Gives the number a PIN and the account an attempt that keeps all that one can keep.</summary>
    private static async Task KeepSecretsAsync(TheHost host, PhoneNumberId number)
    {
        var services = host.App.Services;
        var pin = services.GetRequiredService<Numbers.NumberSealing>().Seal(TwoStepPin.Parse("918273"), Acme, number);
        await services.GetRequiredService<NumberAuthority>().WriteAsync(
            Acme, read => [.. read.Numbers.Select(one => one with { Pins = [new RegistrationPin { Sealed = pin, StoredAt = one.ConnectedAt }] })], TestContext.Current.CancellationToken);
        var attempt = new ConnectAttempt
        {
            Id = Guid.NewGuid(),
            StateHash = new string('5', 64),
            CodeHash = new string('6', 64),
            AccountId = Acme,
            Way = "popup",
            Generation = Guid.NewGuid(),
            ClaimedAt = DateTimeOffset.UtcNow,
            WaitingGrant = new SealedSecret("a sealed waiting grant"),
            WaitsUntil = DateTimeOffset.UtcNow.AddMinutes(20),
        };
        await services.GetRequiredService<AttemptRecords>().ClaimAsync(
            attempt with { UndoToken = services.GetRequiredService<WaitingGrants>().SealUndo(AccessToken.Parse(host.Meta.World.IssuedTokens[0].Value), attempt) }, TestContext.Current.CancellationToken);
    }

    private static async Task<string[]> SecretsAsync(TheHost host)
    {
        var number = (await host.ReadAsync("acme")).Numbers.Single();
        var attempts = await host.App.Services.GetRequiredService<AttemptRecords>().ListAsync(Acme, 10, TestContext.Current.CancellationToken);
        string?[] secrets =
        [
            number.Token!.Reveal(), number.GrantedBy, number.Pins.Single().Sealed.Reveal(), "918273", host.Meta.AppSecret, TheHost.VerifyToken,
            .. host.Meta.World.IssuedTokens.Select(token => token.Value), .. host.Meta.World.IssuedCodes.Select(code => code.Value),
            .. attempts.SelectMany(attempt => new[] { attempt.StateHash, attempt.CodeHash, attempt.WaitingGrant?.Reveal(), attempt.UndoToken?.Reveal() }),
        ];
        number.GrantedBy.ShouldNotBeNull("a person's token");
        attempts.ShouldContain(attempt => attempt.WaitingGrant != null && attempt.UndoToken != null);
        return [.. secrets.OfType<string>()];
    }
}
