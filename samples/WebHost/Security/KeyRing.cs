using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using WebHost.Data;

namespace WebHost.Security;

/// <summary>
/// Where the Data Protection keys are. Connections are sealed with them: whoever loses them has to reconnect every number, and who has keys and database has the
/// tokens. So they are apart from the database, in a folder that only this user opens, and outside Development should be encrypted. Several nodes may share them in the
/// database instead, which then holds both: there only a certificate keeps them apart.
/// </summary>
public static partial class KeyRing
{
    private const string Place = "DataProtection:Keys";
    private const string Database = "Database";
    private const string Certificate = "DataProtection:Certificate";
    private const string Password = "DataProtection:CertificatePassword";

    public static void AddKeys(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configuration = builder.Configuration;
        var keys = builder.Services.AddDataProtection()
            .SetApplicationName("WhatsAppOnboarding.WebHost");
        keys = AreInDatabase(configuration) ? keys.PersistKeysToDbContext<AppDbContext>() : keys.PersistKeysToFileSystem(OpenFolder(builder));
        if (configuration[Certificate] is { Length: > 0 } file)
            keys.ProtectKeysWithCertificate(X509CertificateLoader.LoadPkcs12FromFile(file, configuration[Password]));
    }

    /// <summary>Warns where the keys lie in the clear and nobody develops.</summary>
    public static void CheckKeys(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.Environment.IsDevelopment() || !string.IsNullOrEmpty(app.Configuration[Certificate]))
            return;
        if (AreInDatabase(app.Configuration))
            LogBesideTokens(app.Logger);
        else
            LogInTheClear(app.Logger);
    }

    private static bool AreInDatabase(IConfiguration configuration) => Database.Equals(configuration[Place], StringComparison.OrdinalIgnoreCase);

    private static DirectoryInfo OpenFolder(WebApplicationBuilder builder)
    {
        var path = builder.Configuration[Place] is { Length: > 0 } named
            ? Path.GetFullPath(named, builder.Environment.ContentRootPath)
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create) is { Length: > 0 } own
                ? Path.Combine(own, "WhatsAppOnboarding.WebHost", "keys")
                : throw new InvalidOperationException($"This user has no folder of its own for the Data Protection keys. Set {Place} to a folder that is kept and that nobody else opens.");
        if (OperatingSystem.IsWindows())
            return Directory.CreateDirectory(path);

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var folder = Directory.CreateDirectory(path, owner | UnixFileMode.UserExecute);
        File.SetUnixFileMode(path, owner | UnixFileMode.UserExecute);
        foreach (var key in folder.GetFiles("*.xml"))
            key.UnixFileMode = owner;
        return folder;
    }

    [LoggerMessage(1, LogLevel.Warning, "The Data Protection keys lie in the clear: who reads them and the database has every account's token. Set " + Certificate + " to a certificate (PKCS#12), or protect them in another way (ProtectKeysWith...)")]
    private static partial void LogInTheClear(ILogger logger);

    [LoggerMessage(2, LogLevel.Warning, "The Data Protection keys lie in the clear in the database, beside the tokens that they seal: whoever reads it, or a backup of it, has every account's token. Set " + Certificate + " to a certificate (PKCS#12), the same on every node, or protect them in another way (ProtectKeysWith...)")]
    private static partial void LogBesideTokens(ILogger logger);
}
