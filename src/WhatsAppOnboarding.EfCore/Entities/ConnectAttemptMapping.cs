using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Entities;

internal static class ConnectAttemptMapping
{
    public static ConnectAttempt ToAttempt(this ConnectAttemptRow row) => new()
    {
        Id = row.Id,
        StateHash = row.StateHash,
        CodeHash = row.CodeHash,
        AccountId = AccountId.Parse(row.AccountId),
        Way = row.Way,
        Generation = row.Generation,
        ClaimedAt = row.ClaimedAt,
        EndedAt = row.EndedAt,
        Outcome = row.Outcome,
        PhoneCount = row.PhoneCount,
        Steps = RowJson.Read<AttemptStep>(row.Steps),
        WaitingGrant = row.WaitingGrant is { } ciphertext ? new SealedGrant(ciphertext) : null,
        WaitsUntil = row.WaitsUntil,
    };

    public static ConnectAttemptRow ToRow(this ConnectAttempt attempt) => new()
    {
        Id = attempt.Id,
        StateHash = attempt.StateHash,
        CodeHash = attempt.CodeHash,
        AccountId = attempt.AccountId.ToString(),
        Way = attempt.Way,
        Generation = attempt.Generation,
        ClaimedAt = UtcTime.Cut(attempt.ClaimedAt),
        EndedAt = UtcTime.Cut(attempt.EndedAt),
        Outcome = attempt.Outcome,
        PhoneCount = attempt.PhoneCount,
        Steps = RowJson.Write(attempt.Steps),
        WaitingGrant = attempt.WaitingGrant?.Ciphertext,
        WaitsUntil = UtcTime.Cut(attempt.WaitsUntil),
    };
}
