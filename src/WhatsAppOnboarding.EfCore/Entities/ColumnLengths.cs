namespace WhatsAppOnboarding.EfCore.Entities;

/// <summary>How long columns are. Said for every text column, so that a host's convention for all strings does not cut them.</summary>
internal static class ColumnLengths
{
    public const int GraphId = 32;

    public const int Word = 64;

    public const int Hash = 64;

    public const int Item = 200;

    /// <summary>EF's word for "as long as the database allows".</summary>
    public const int Unlimited = -1;
}
