namespace WhatsAppOnboarding.EfCore.Entities;

internal sealed class AccountReferenceRow
{
    public required string AccountId { get; init; }

    public string? WabaId { get; set; }

    public long Version { get; set; }

    public long ConnectSequence { get; set; }

    public Guid Incarnation { get; init; }

    public List<PhoneNumberRow> Numbers { get; } = [];
}
