using Microsoft.AspNetCore.Identity;

namespace WebHost.Accounts.Recovery;

public static class RecoverySetup
{
    /// <summary>Mail with a link to choose a new password by.</summary>
    public static void AddRecovery(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure<DataProtectionTokenProviderOptions>(token => token.TokenLifespan = RecoveryPost.LinkLasts);
        builder.Services.AddOptions<MailOptions>().Bind(builder.Configuration.GetSection(MailOptions.Section)).PostConfigure(mail =>
        {
            if (!mail.IsSet && builder.Environment.IsDevelopment())
                mail.Folder = "App_Data/mail";
            if (mail.Folder is { Length: > 0 } folder)
                mail.Folder = Path.GetFullPath(folder, builder.Environment.ContentRootPath);
        });
        builder.Services.AddSingleton<Mailer>();
        builder.Services.AddSingleton<RecoveryPost>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RecoveryPost>());
    }
}
