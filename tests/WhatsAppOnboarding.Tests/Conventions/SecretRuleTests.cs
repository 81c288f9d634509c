using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Tests.Conventions;

/// <summary>
/// One rule for all public types: a secret can be handed in, and taken out by a method whose name says so, but no property shows it, so that neither text nor JSON
/// nor a log that takes objects apart can. The one exception is what configuration binds, which needs properties: it stays out of text and JSON.
/// </summary>
public sealed partial class SecretRuleTests
{
    private const string Secret = "S3cr3t581063";

    private static IEnumerable<PropertyInfo> Shown =>
        from assembly in (Assembly[])[typeof(AccessToken).Assembly]
        from type in assembly.GetExportedTypes()
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where property.GetMethod is { IsPublic: true }
        select property;

    [Fact]
    public void No_public_property_shows_a_secret_as_text()
    {
        // The path of the route that shows a PIN is none.
        var texts = Shown.Where(property => IsText(property.PropertyType) && Named().IsMatch(property.Name) && property.DeclaringType != typeof(WhatsAppOnboardingPaths)).ToArray();

        texts.Where(property => property.DeclaringType != typeof(WhatsAppOnboardingOptions)).Select(property => $"{property.DeclaringType!.Name}.{property.Name}").ShouldBeEmpty();
        texts.Select(property => property.Name).Order().ShouldBe(["AppSecret", "PreviousAppSecret", "WebhookVerifyToken"]);
        texts.ShouldAllBe(property => property.GetCustomAttribute<JsonIgnoreAttribute>() != null);
    }

    public static TheoryData<string> Carriers => ["step", "pin", "token", "sealed", "number", "kept", "options", "attempt"];

    [Theory]
    [MemberData(nameof(Carriers))]
    public void Whatever_carries_a_secret_keeps_it_from_text_json_and_those_who_take_it_apart(string carrier)
    {
        object thing = carrier switch
        {
            "step" => new StepRequest { Step = "verify_code", Code = Secret, Pin = TwoStepPin.Parse("581063") },
            "pin" => TwoStepPin.Parse("581063"),
            "token" => new PhoneNumberToken(AccessToken.Parse(Secret)),
            "sealed" => new SealedSecret(Secret),
            "number" => Number(),
            "kept" => new KeptPin { Pin = TwoStepPin.Parse("581063"), IsConfirmed = true, StoredAt = default, Earlier = [TwoStepPin.Parse("581063")] },
            "options" => new WhatsAppOnboardingOptions { AppSecret = Secret, PreviousAppSecret = Secret, WebhookVerifyToken = Secret },
            _ => new ConnectAttempt
            {
                Id = Guid.Empty,
                StateHash = "",
                CodeHash = "",
                AccountId = AccountId.Parse("acme"),
                Way = "api",
                Generation = Guid.Empty,
                ClaimedAt = default,
                WaitingGrant = new SealedSecret(Secret),
            },
        };

        thing.ToString()!.ShouldNotContain("581063");
        JsonSerializer.Serialize(thing, thing.GetType()).ShouldNotContain("581063");
        if (carrier != "options")
            string.Join('\n', Apart(thing, 0)).ShouldNotContain("581063");
    }

    private static PhoneNumber Number() => new()
    {
        AccountId = AccountId.Parse("acme"),
        PhoneNumberId = PhoneNumberId.Parse("106540352242922"),
        WabaId = WabaId.Parse("102290129340398"),
        State = NumberState.Active,
        Generation = Guid.Empty,
        ConnectSequence = 1,
        GrantOrder = 0,
        Token = new SealedSecret(Secret),
        Pins = [new RegistrationPin { Sealed = new SealedSecret(Secret), StoredAt = default }],
        CreatedAt = default,
        ConnectedAt = default,
    };

    /// <summary>As a logger does that is asked for an object's parts: by its public properties, some levels deep.</summary>
    private static IEnumerable<string> Apart(object? thing, int depth)
    {
        if (thing is null || depth > 5)
            yield break;
        yield return thing.ToString() ?? "";
        if (thing is string || thing.GetType().IsPrimitive || thing is DateTimeOffset or TimeSpan or Guid or Type)
            yield break;
        var parts = thing is IEnumerable many
            ? many.Cast<object?>()
            : thing.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
                .Select(property => property.GetValue(thing));
        foreach (var text in parts.SelectMany(part => Apart(part, depth + 1)))
            yield return text;
    }

    private static bool IsText(Type type) => type == typeof(string) || (type != typeof(string) && typeof(IEnumerable<string>).IsAssignableFrom(type));

    [GeneratedRegex("(Secret|Token|Pin|Pins|Password|Ciphertext|VerificationCode)$")]
    private static partial Regex Named();
}
