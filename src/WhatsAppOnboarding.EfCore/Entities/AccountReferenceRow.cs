namespace WhatsAppOnboarding.EfCore.Entities;

/// <summary>Rows are not sealed and this navigation is virtual, because a host that uses lazy-loading proxies could not build its model otherwise.</summary>
internal class AccountReferenceRow
{
    public required string AccountId { get; init; }

    public string? WabaId { get; set; }

    public long Version { get; set; }

    public long ConnectSequence { get; set; }

    public Guid Incarnation { get; init; }

    public virtual ICollection<PhoneNumberRow> Numbers { get; } = new List<PhoneNumberRow>();
}
