using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Configuration;

/// <summary>
/// Looks at the section before it is bound: a misspelt key would be passed over without a word, and a value that cannot be read would be told without its cure.
/// </summary>
internal static class SectionCheck
{
    /// <summary>Keys that packages of this library read and check.</summary>
    private static readonly string[] OfPackages = ["RabbitMq"];

    /// <exception cref="OptionsValidationException">Some keys or values cannot be used; all are named.</exception>
    public static void Run(IConfiguration section)
    {
        // Where the whole configuration is given, each of its keys would be named as one that there is not.
        string[] errors = section is IConfigurationRoot && section.GetSection("WhatsAppOnboarding").Exists()
            ? ["AddWhatsAppOnboarding is given the whole configuration. Give it its section: builder.Configuration.GetSection(\"WhatsAppOnboarding\")."]
            :
            [
                .. Errors<WhatsAppOnboardingOptions>(section, "WhatsAppOnboarding", OfPackages),
                .. Errors<WhatsAppOnboardingPaths>(section.GetSection(nameof(WhatsAppOnboardingOptions.Paths)), "WhatsAppOnboarding:Paths"),
                .. Errors<WebhookOptions>(section.GetSection(nameof(WhatsAppOnboardingOptions.Webhooks)), "WhatsAppOnboarding:Webhooks"),
            ];
        if (errors.Length > 0)
            throw new OptionsValidationException(Options.DefaultName, typeof(WhatsAppOnboardingOptions), errors);
    }

    private static IEnumerable<string> Errors<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(IConfiguration section, string path, params string[] others)
    {
        var known = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var entry in section.GetChildren().Where(entry => !others.Contains(entry.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!known.TryGetValue(entry.Key, out var property))
                yield return $"{path}:{entry.Key} is no setting of this library. Correct the name{Nearest(entry.Key, known.Keys)}, or remove it.";
            else if (entry.Value is { Length: > 0 } value && Expected(property, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, value) is { } expected)
                yield return $"{path}:{property.Name} cannot be read. It must be {expected}.";
        }
    }

    /// <summary>What a value of this setting must be; null when it is. What is no single value would be passed over without a word.</summary>
    private static string? Expected(PropertyInfo setting, Type type, string value) => type switch
    {
        { IsEnum: true } => Enum.TryParse(type, value, ignoreCase: true, out _) ? null : $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ when type == typeof(bool) => bool.TryParse(value, out _) ? null : "true or false",
        _ when type == typeof(int) => int.TryParse(value, CultureInfo.InvariantCulture, out _) ? null : "a whole number",
        _ when type == typeof(long) => long.TryParse(value, CultureInfo.InvariantCulture, out _) ? null : "a whole number",
        _ when type == typeof(TimeSpan) => TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out _) ? null : "a time as hours:minutes:seconds, such as 00:10:00",
        _ when type == typeof(DateTimeOffset) => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out _) ? null : "a time such as 2027-01-31T00:00:00Z",
        _ when type == typeof(Uri) => Uri.TryCreate(value, UriKind.RelativeOrAbsolute, out _) ? null : "an address",
        _ when type == typeof(IList<string>) => $"a list: {setting.Name}:0, {setting.Name}:1 and so on, or [ … ] in JSON",
        _ when type != typeof(string) => "a section with keys of its own",
        _ => null,
    };

    /// <summary>The name that was probably meant: one that begins or ends alike.</summary>
    private static string Nearest(string key, IEnumerable<string> names)
    {
        var (name, alike) = names.Select(name => (name, Alike(name, key) + Alike(name.Reverse(), key.Reverse()))).MaxBy(one => one.Item2);
        return alike >= Math.Max(3, key.Length / 2) ? $", perhaps to {name}" : "";
    }

    private static int Alike(IEnumerable<char> one, IEnumerable<char> other) =>
        one.Zip(other).TakeWhile(pair => char.ToUpperInvariant(pair.First) == char.ToUpperInvariant(pair.Second)).Count();
}
