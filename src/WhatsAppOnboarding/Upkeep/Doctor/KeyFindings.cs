using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>What is wrong with the Data Protection keys, with which tokens and PINs are sealed.</summary>
internal static class KeyFindings
{
    private static readonly TimeSpan Warned = TimeSpan.FromDays(30);

    public static async IAsyncEnumerable<Finding> FindAsync(Examined host, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var options = host.Get<IOptions<KeyManagementOptions>>().Value;
        if (options.XmlRepository is null || host.Get<IDataProtectionProvider>() is EphemeralDataProtectionProvider)
        {
            if (!host.IsDevelopment)
                yield return host.Found("keys_not_persisted");
            yield break;
        }

        if (!host.IsDevelopment && options.XmlEncryptor is null)
            yield return host.Found("keys_in_the_clear");
        if (!host.IsDevelopment && IsBoundToFolder(host))
            yield return host.Found("keys_bound_to_folder");

        cancellationToken.ThrowIfCancellationRequested();
        IKey[] keys = [.. host.Get<IKeyManager>().GetAllKeys().Where(key => !key.IsRevoked)];
        foreach (var key in keys.Where(key => !Opens(key)))
            yield return host.Found("keys_unreadable", key.KeyId.ToString());
        if (!options.AutoGenerateKeys && keys.Length > 0 && keys.Max(key => key.ExpirationDate) is var end && end - host.Now < Warned)
            yield return host.Found("keys_ending", end.UtcDateTime.ToString("u", CultureInfo.InvariantCulture));
    }

    /// <summary>Without a name of its own an app has that of its folder.</summary>
    private static bool IsBoundToFolder(Examined host) =>
        host.Get<IOptions<DataProtectionOptions>>().Value.ApplicationDiscriminator is not { Length: > 0 } name
        || Path.TrimEndingDirectorySeparator(name) == Path.TrimEndingDirectorySeparator(host.Get<IHostEnvironment>().ContentRootPath);

    private static bool Opens(IKey key)
    {
        try
        {
            return key.CreateEncryptor() is not null;
        }
        catch (Exception)
        {
            // Whatever protects the key says no in its own way.
            return false;
        }
    }
}
