using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// What an attempt keeps, sealed, while the person chooses: the token and all that was listed with it. Wiped when a choice is claimed,
/// by housekeeping when its time is over, and with the account.
/// </summary>
internal sealed record WaitingGrant(
    string Token,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset InspectedAt,
    DateTimeOffset ListedAt,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<WaitingWaba> Wabas,
    bool SaysCoexistence,
    string? GrantedBy = null)
{
    /// <summary>Every number once, in Meta's order.</summary>
    [JsonIgnore]
    public IEnumerable<(WabaId Waba, NumberFacts Number)> Numbers =>
        Wabas.SelectMany(waba => waba.Numbers, (waba, number) => (waba.Id, number)).DistinctBy(pair => pair.number.Id);

    public override string ToString() => "[waiting grant]";
}

/// <summary>One WABA and all its numbers.</summary>
internal sealed record WaitingWaba(WabaId Id, IReadOnlyList<NumberFacts> Numbers);

/// <summary>Seals a waiting grant for one account and one attempt, so that a ciphertext copied to another row does not open.</summary>
internal sealed class WaitingGrantProtection(IDataProtectionProvider provider)
{
    public SealedGrant Seal(WaitingGrant grant, ConnectAttempt attempt) =>
        new(Protector(attempt).Protect(JsonSerializer.Serialize(grant, WaitingGrantJson.Default.WaitingGrant)));

    /// <summary>What waits in the attempt at this time; null when nothing does, its time is over or its keys are gone.</summary>
    public WaitingGrant? Open(ConnectAttempt attempt, DateTimeOffset now)
    {
        if (attempt.WaitingGrant is not { } waiting || attempt.WaitsUntil <= now)
            return null;
        try
        {
            return JsonSerializer.Deserialize(Protector(attempt).Unprotect(waiting.Ciphertext), WaitingGrantJson.Default.WaitingGrant);
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private IDataProtector Protector(ConnectAttempt attempt) =>
        provider.CreateProtector("WhatsAppOnboarding", "waiting-grant.v1", attempt.AccountId.ToString(), attempt.Id.ToString("N"));
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WaitingGrant))]
internal sealed partial class WaitingGrantJson : JsonSerializerContext;
