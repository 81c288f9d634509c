using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Customers said whether they want marketing messages (field <c>user_preferences</c>).</summary>
/// <param name="Preferences">One for each customer.</param>
public sealed record PreferencesChanged(IReadOnlyList<UserPreference> Preferences) : EventContent
{
    internal static PreferencesChanged Read(JsonElement value) =>
        new(value.Child("user_preferences"u8) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(UserPreference.Read)] : []);
}

/// <summary>One customer's preference.</summary>
/// <param name="WaId">The customer's telephone number, digits.</param>
/// <param name="UserId">The customer's id in the portfolio.</param>
/// <param name="Category">What it is about: <c>marketing_messages</c>.</param>
/// <param name="Value"><c>stop</c> or <c>resume</c>.</param>
/// <param name="Detail">In Meta's words.</param>
/// <param name="At">When the customer said so.</param>
public sealed record UserPreference(string? WaId, string? UserId, string? Category, string? Value, string? Detail, DateTimeOffset? At)
{
    internal static UserPreference Read(JsonElement preference) => new(
        preference.Text("wa_id"u8), preference.Text("user_id"u8), preference.Text("category"u8), preference.Text("value"u8), preference.Text("detail"u8), preference.Time("timestamp"u8));
}
