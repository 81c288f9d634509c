using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Conventions;

/// <summary>
/// One rule for all public types: a secret can be handed in, and taken out by a method whose name says so, but no property shows it, so that neither text nor JSON
/// nor a log that takes objects apart can. Two exceptions stay out of text and JSON: what configuration binds, which needs properties, and what the emulator makes up,
/// which is there for tests to look for.
/// </summary>
public sealed partial class SecretRuleTests
{
    private const string Secret = "S3cr3t581063";

    /// <summary>What has a stable error code.</summary>
    private static readonly Type[] Coded = [typeof(AttentionItem), typeof(ErrorText), typeof(Finding), typeof(OpenStep), typeof(PhoneNumberToken), typeof(StepOutcome), typeof(WebhookDifference)];

    private static IEnumerable<PropertyInfo> ShownBy(params string[] packages) =>
        from package in packages
        from type in Assembly.Load(package).GetExportedTypes()
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where property.GetMethod is { IsPublic: true }
        select property;

    [Fact]
    public void No_public_property_shows_a_secret_as_text()
    {
        // The path of the route that shows a PIN is none.
        var texts = ShownBy("WhatsAppOnboarding", "WhatsAppOnboarding.EfCore").Where(IsSecret).Where(property => property.DeclaringType != typeof(WhatsAppOnboardingPaths)).ToArray();

        texts.Where(property => property.DeclaringType != typeof(WhatsAppOnboardingOptions)).Select(property => $"{property.DeclaringType!.Name}.{property.Name}").ShouldBeEmpty();
        texts.Select(property => property.Name).Order().ShouldBe(["AppSecret", "PreviousAppSecret", "SecondWebhookVerifyToken", "WebhookVerifyToken"]);
        texts.ShouldAllBe(property => property.GetCustomAttribute<JsonIgnoreAttribute>() != null);
    }

    [Fact]
    public void What_the_emulator_makes_up_is_shown_to_tests_and_not_to_json()
    {
        var texts = ShownBy("WhatsAppOnboarding.Testing").Where(IsSecret).ToArray();

        texts.Select(property => $"{property.DeclaringType!.Name}.{property.Name}").Order(StringComparer.Ordinal).ShouldBe(
        [
            "EmulatedCode.Value", "EmulatedNumber.LastCode", "EmulatedNumber.TwoStepPin", "EmulatedToken.Value", "EmulatedVerificationCode.Code",
            "MetaEmulator.AppSecret", "MetaEmulatorOptions.AppSecret", "MetaEmulatorOptions.WebhookVerifyToken",
        ]);
        texts.ShouldAllBe(property => property.GetCustomAttribute<JsonIgnoreAttribute>() != null);
        var code = new EmulatedVerificationCode { Code = "581063", Method = "SMS", Language = "en_US", At = default };
        (code + JsonSerializer.Serialize(code)).ShouldNotContain("581063");
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
            "options" => new WhatsAppOnboardingOptions { AppSecret = Secret, PreviousAppSecret = Secret, WebhookVerifyToken = Secret, SecondWebhookVerifyToken = Secret },
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

    /// <summary>By its name, or by its type's where it is called no more than a value.</summary>
    private static bool IsSecret(PropertyInfo property) => IsText(property.PropertyType)
        && (Named().IsMatch(property.Name)
            || (property.Name is "Code" && !Coded.Contains(property.DeclaringType))
            || (property.Name is "Value" && Named().IsMatch(property.DeclaringType!.Name)));

    private static bool IsText(Type type) => type == typeof(string) || (type != typeof(string) && typeof(IEnumerable<string>).IsAssignableFrom(type));

    [GeneratedRegex("(Secret|Token|Pin|Pins|Password|Ciphertext|VerificationCode|AuthorizationCode|LastCode|EmulatedCode|Proof)$")]
    private static partial Regex Named();
}
