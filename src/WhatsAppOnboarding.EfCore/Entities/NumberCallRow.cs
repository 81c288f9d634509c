namespace WhatsAppOnboarding.EfCore.Entities;

internal class NumberCallRow
{
    public required Guid Id { get; init; }

    public required string PhoneNumberId { get; init; }

    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }
}
