using System.Diagnostics.CodeAnalysis;

namespace WhatsAppOnboarding;

/// <summary>
/// The host's own id of one of its accounts (tenants): 1 to 200 characters, no control characters, compared exactly.
/// </summary>
[System.Text.Json.Serialization.JsonConverter(typeof(AccountIdConverter))]
public readonly record struct AccountId
{
    /// <summary>The longest id that is accepted, in characters.</summary>
    public const int MaxLength = 200;

    private readonly string? _value;

    private AccountId(string value) => _value = value;

    /// <summary>Takes an id, or throws a <see cref="FormatException"/> that says what is wrong with it.</summary>
    public static AccountId Parse(string value) => TryParse(value, out var id)
        ? id
        : throw new FormatException($"An account id has 1 to {MaxLength} characters, none of them a control character or a space at either end.");

    /// <summary>Takes an id; false when it is missing, too long or has control characters or outer spaces.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out AccountId id)
    {
        var valid = value is { Length: > 0 and <= MaxLength }
            && !value.Any(char.IsControl)
            && !char.IsWhiteSpace(value[0])
            && !char.IsWhiteSpace(value[^1]);
        id = valid ? new AccountId(value!) : default;
        return valid;
    }

    /// <summary>The id as the host wrote it.</summary>
    public override string ToString() => _value ?? throw new InvalidOperationException("This AccountId was never given a value. Make it with AccountId.Parse.");
}
