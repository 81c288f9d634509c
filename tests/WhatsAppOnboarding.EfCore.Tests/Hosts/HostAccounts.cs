using Microsoft.AspNetCore.Identity;

namespace WhatsAppOnboarding.EfCore.Tests.Hosts;

public sealed class HostUser : IdentityUser
{
    public string AccountId { get; set; } = "";

    public string? WabaId { get; set; }
}

public class TextAccount
{
    public string Id { get; set; } = "";

    public string? WabaId { get; set; }

    public string? Name { get; set; }
}

public sealed class GuidAccount
{
    public Guid Id { get; set; }

    public string? WabaId { get; set; }
}

public sealed class IntAccount
{
    public int Id { get; set; }

    public string? WabaId { get; set; }
}

public sealed class LongAccount
{
    public long Id { get; set; }

    public string? WabaId { get; set; }
}
