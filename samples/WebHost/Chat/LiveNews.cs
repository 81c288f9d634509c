using System.Text.Json;

namespace WebHost.Chat;

/// <summary>That something happened in an account: short enough to be told to every node. What exactly is read where a page shows it.</summary>
/// <param name="Account">Whose pages are concerned.</param>
/// <param name="Kind">What happened; of messages, threads and numbers, and of <see cref="ReadAgain"/>, also the name of the page's event.</param>
/// <param name="About">The message, or the sign-in.</param>
public sealed record LiveNews(string Account, string Kind, string About = "")
{
    /// <summary>A message is new or stands otherwise than before.</summary>
    public const string Message = "message";

    /// <summary>Two threads turned out to be one.</summary>
    public const string Threads = "threads";

    /// <summary>The account's numbers stand otherwise than before. How they stand is for the page to ask.</summary>
    public const string Numbers = "numbers";

    /// <summary>Something may have been missed.</summary>
    public const string ReadAgain = "ready";

    /// <summary>A sign-in has ended.</summary>
    public const string SessionEnded = "session-ended";

    /// <summary>The account is gone, or every sign-in to it has ended.</summary>
    public const string AccountEnded = "account-ended";

    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>Null where it is no text of ours.</summary>
    public static LiveNews? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<LiveNews>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
