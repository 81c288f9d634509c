using System.Text.Json.Serialization;

namespace WhatsAppOnboarding;

/// <summary>Where the broker is and what is named how there: the section <c>WhatsAppOnboarding:RabbitMq</c>. Read once, at start.</summary>
public sealed class RabbitMqOptions
{
    /// <summary>
    /// The broker's address with user, password and virtual host, such as <c>amqps://user:password@broker.example.com/vhost</c>; a secret. Instead of it, <see cref="Host"/> and what
    /// belongs to that.
    /// </summary>
    [JsonIgnore]
    public string? Uri { get; set; }

    /// <summary>The broker's name or address, where <see cref="Uri"/> is not set.</summary>
    public string? Host { get; set; }

    /// <summary>The broker's port; by default 5671 with <see cref="UseTls"/>, else 5672.</summary>
    public int? Port { get; set; }

    /// <summary>Who this host is for the broker.</summary>
    public string? User { get; set; }

    /// <summary>The password of <see cref="User"/>; a secret.</summary>
    [JsonIgnore]
    public string? Password { get; set; }

    /// <summary>The virtual host. Default <c>/</c>.</summary>
    public string VirtualHost { get; set; } = "/";

    /// <summary>Whether <see cref="Host"/> is called with TLS. Default true.</summary>
    public bool UseTls { get; set; } = true;

    /// <summary>What the names of all exchanges and queues begin with, so that several hosts may share a virtual host. Default <c>whatsapp</c>.</summary>
    public string Prefix { get; set; } = "whatsapp";

    /// <summary>
    /// Into how many queues numbers are divided: each is worked by one node at a time, so no more nodes than these work at once. Default 8; from 1 to 64. All nodes must have the same;
    /// it may be raised later.
    /// </summary>
    public int Shards { get; set; } = 8;

    /// <summary>Whether exchanges and queues are made by this host, or only looked for. Default <see cref="RabbitMqTopology.Declare"/>.</summary>
    public RabbitMqTopology Topology { get; set; }

    /// <summary>Where the broker is; never user or password.</summary>
    public override string ToString() =>
        System.Uri.TryCreate(Uri, UriKind.Absolute, out var uri) ? $"{uri.Scheme}://{uri.Host}" : Host ?? "no broker";
}

/// <summary>Who makes exchanges and queues.</summary>
public enum RabbitMqTopology
{
    /// <summary>This host, whenever it connects; what is there already stays.</summary>
    Declare,

    /// <summary>Somebody else: the host only looks whether they are there, for which it needs no right to configure.</summary>
    Check,
}
