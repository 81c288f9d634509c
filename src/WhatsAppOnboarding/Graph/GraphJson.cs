using System.Text.Json.Serialization;

namespace WhatsAppOnboarding.Graph;

/// <summary>How Meta's JSON is read and written, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(GraphTextConverter)])]
[JsonSerializable(typeof(WireToken))]
[JsonSerializable(typeof(WireInspection))]
[JsonSerializable(typeof(WireDone))]
[JsonSerializable(typeof(WireText))]
[JsonSerializable(typeof(WireSent))]
[JsonSerializable(typeof(WireRegistration))]
[JsonSerializable(typeof(WireCodeRequest))]
[JsonSerializable(typeof(WireCode))]
[JsonSerializable(typeof(WireSync))]
[JsonSerializable(typeof(AppDataRequest))]
[JsonSerializable(typeof(WireOverride))]
[JsonSerializable(typeof(WireOverridden))]
[JsonSerializable(typeof(WireAppFields))]
[JsonSerializable(typeof(NumberFacts))]
[JsonSerializable(typeof(WirePage<GraphBusiness>))]
[JsonSerializable(typeof(WirePage<GraphWaba>))]
[JsonSerializable(typeof(WirePage<NumberFacts>))]
[JsonSerializable(typeof(WirePage<WireSubscribedApp>))]
[JsonSerializable(typeof(WirePage<WireAppSubscription>))]
internal sealed partial class GraphJson : JsonSerializerContext;
