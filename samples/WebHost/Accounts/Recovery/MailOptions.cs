namespace WebHost.Accounts.Recovery;

/// <summary>How mail leaves: the section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>Whom it is from.</summary>
    public string From { get; set; } = "frontdesk@localhost";

    /// <summary>A folder that mail is written to instead of being sent, for trying it out. In Development one of its own when there is no <see cref="Host"/>.</summary>
    public string? Folder { get; set; }

    /// <summary>The SMTP server.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    /// <summary>Whether the connection has to be encrypted.</summary>
    public bool UseTls { get; set; } = true;

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>Whether mail goes anywhere.</summary>
    public bool IsSet => !string.IsNullOrEmpty(Host) || !string.IsNullOrEmpty(Folder);
}
