using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.RabbitMq.Configuration;

/// <summary>Checks the section at start: every error at once, each with its cure, and never a value that may hold a password.</summary>
internal sealed partial class RabbitMqOptionsValidator(IConfiguration configuration) : IValidateOptions<RabbitMqOptions>
{
    /// <summary>The section that is bound.</summary>
    public const string Section = "WhatsAppOnboarding:RabbitMq";

    private const int MostShards = 64;

    public ValidateOptionsResult Validate(string? name, RabbitMqOptions options)
    {
        string[] errors = [.. UnknownKeys(), .. Address(options), .. Names(options)];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private IEnumerable<string> UnknownKeys() =>
        from entry in configuration.GetSection(Section).GetChildren()
        where !typeof(RabbitMqOptions).GetProperties().Any(property => property.Name.Equals(entry.Key, StringComparison.OrdinalIgnoreCase))
        select $"{Section}:{entry.Key} is no setting of this library. Correct the name, or remove it.";

    private static IEnumerable<string> Address(RabbitMqOptions options)
    {
        if (options.Uri is null && options.Host is null)
            yield return $"{Section}:Uri is missing. Set it to the broker's address, such as amqps://user:password@broker.example.com/vhost, in a secret store; or set Host, User and Password.";
        if (options.Uri is not null && (options.Host ?? options.User ?? options.Password) is not null)
            yield return $"{Section}:Uri and Host, User or Password are both set. Keep one of the two ways.";
        if (options.Uri is not null && !IsAddress(options.Uri))
            yield return $"{Section}:Uri is no address of a broker. It must look like amqps://user:password@broker.example.com/vhost; in user, password and virtual host, write what is no letter or digit with percent signs.";
        if (options.Host is not null && (string.IsNullOrWhiteSpace(options.User) || string.IsNullOrEmpty(options.Password)))
            yield return $"{Section}:User and Password are missing beside Host. Set both, the password in a secret store.";
        if (options.Host is not null && Uri.CheckHostName(options.Host) is UriHostNameType.Unknown)
            yield return $"{Section}:Host must be a name or an address alone, such as broker.example.com. The port belongs into Port.";
        if (options.Port is < 1 or > 65535)
            yield return $"{Section}:Port must be from 1 to 65535. Leave it out for 5671, or for 5672 without TLS.";
    }

    private static IEnumerable<string> Names(RabbitMqOptions options)
    {
        if (!Prefix().IsMatch(options.Prefix) || options.Prefix.StartsWith("amq.", StringComparison.Ordinal))
            yield return $"{Section}:Prefix must be 1 to 64 letters, digits, dots, hyphens and underscores, and not begin with amq. Leave it out for whatsapp.";
        if (options.Shards is < 1 or > MostShards)
            yield return $"{Section}:Shards must be from 1 to {MostShards}. Leave it out for 8.";
        if (!Enum.IsDefined(options.Topology))
            yield return $"{Section}:Topology must be Declare or Check.";
        if (string.IsNullOrEmpty(options.VirtualHost))
            yield return $"{Section}:VirtualHost must not be empty. Leave it out for /.";
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme is "amqp" or "amqps") && uri.Host.Length > 0 && uri.Segments.Length <= 2;

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex Prefix();
}
