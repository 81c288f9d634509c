using System.Text;
using System.Text.RegularExpressions;

namespace WhatsAppOnboarding.Graph;

/// <summary>What may stand in the address of a call. Nothing in it can lead to another host, another version or another parameter.</summary>
internal static partial class GraphAddress
{
    /// <summary>Parameters that carry credentials, which only the client adds, and the one by which Meta takes another method for a request's own.</summary>
    private static readonly string[] Reserved = ["access_token", "appsecret_proof", "appsecret_time", "client_id", "client_secret", "method", "suppress_http_code"];

    public static string Operation(string operation) => operation is not null && OperationRule().IsMatch(operation)
        ? operation
        : throw new ArgumentException("The operation of a call is its stable name: 3 to 50 characters of a-z, 0-9 and _, the first a letter.", nameof(operation));

    public static string Path(string path) => path is { Length: <= 256 } && PathRule().IsMatch(path) && !path.Split('/').Any(segment => segment.All(letter => letter is '.'))
        ? path
        : throw new ArgumentException("The path of a call has no leading slash, no host, no dots alone and no parameters: letters, digits, _, - and . between slashes.", nameof(path));

    public static (string Name, string? Value)[] Query((string Name, string? Value)[] query)
    {
        ArgumentNullException.ThrowIfNull(query);
        foreach (var (name, _) in query)
        {
            if (name is null || !NameRule().IsMatch(name) || Reserved.Contains(name))
                throw new ArgumentException("A parameter's name is 1 to 50 characters of a-z, 0-9, _ and ., and none that carries credentials.", nameof(query));
        }

        return [.. query];
    }

    /// <summary>Parameters as they stand in a URL, percent-encoded; those without a value are left out.</summary>
    public static string Encode(IEnumerable<(string Name, string? Value)> query)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in query)
        {
            if (value is not null)
                text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{2,49}\z")]
    private static partial Regex OperationRule();

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*\z")]
    private static partial Regex PathRule();

    [GeneratedRegex(@"\A[a-z0-9_.]{1,50}\z")]
    private static partial Regex NameRule();
}
