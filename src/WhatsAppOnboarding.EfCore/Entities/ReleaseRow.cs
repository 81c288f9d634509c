namespace WhatsAppOnboarding.EfCore.Entities;

internal class ReleaseRow
{
    public required Guid Id { get; init; }

    public required string WabaId { get; init; }

    public required DateTimeOffset At { get; init; }
}
