using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsAppOnboarding.Vocabulary;

/// <summary>Lets an account id travel as the text that it is, such as in a host's own queue.</summary>
internal sealed class AccountIdConverter : JsonConverter<AccountId>
{
    public override AccountId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && AccountId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Not an AccountId.");

    public override void Write(Utf8JsonWriter writer, AccountId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
