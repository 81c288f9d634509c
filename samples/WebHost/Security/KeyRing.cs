using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;

namespace WebHost.Security;

/// <summary>
/// Where the Data Protection keys are. Connections are sealed with them: whoever loses them has to reconnect every number, and who has keys and database has the
/// tokens. So they are apart from the database, in a folder that only this user opens, and outside Development should be encrypted.
/// </summary>
public static partial class KeyRing
{
    private const string Folder = "DataProtection:Keys";
    private const string Certificate = "DataProtection:Certificate";
    private const string Password = "DataProtection:CertificatePassword";

    public static void AddKeys(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configuration = builder.Configuration;
        var keys = builder.Services.AddDataProtection()
            .SetApplicationName("WhatsAppOnboarding.WebHost")
            .PersistKeysToFileSystem(OpenFolder(builder));
        if (configuration[Certificate] is { Length: > 0 } file)
            keys.ProtectKeysWithCertificate(X509CertificateLoader.LoadPkcs12FromFile(file, configuration[Password]));
    }

    /// <summary>Warns where the keys lie in the clear and nobody develops.</summary>
    public static void CheckKeys(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (!app.Environment.IsDevelopment() && string.IsNullOrEmpty(app.Configuration[Certificate]))
            LogInTheClear(app.Logger);
    }

    private static DirectoryInfo OpenFolder(WebApplicationBuilder builder)
    {
        var path = builder.Configuration[Folder] is { Length: > 0 } named
            ? Path.GetFullPath(named, builder.Environment.ContentRootPath)
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create) is { Length: > 0 } own
                ? Path.Combine(own, "WhatsAppOnboarding.WebHost", "keys")
                : throw new InvalidOperationException($"This user has no folder of its own for the Data Protection keys. Set {Folder} to a folder that is kept and that nobody else opens.");
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
}
