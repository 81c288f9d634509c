using WhatsAppOnboarding.Testing;

namespace WhatsApp_Host;

/// <summary>A stand-in for Meta on this machine, where no Meta app is configured. Its home page lets a customer write.</summary>
internal static class EmulatedMeta
{
    public static async Task<MetaEmulator?> StartAsync(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (!builder.Environment.IsDevelopment() || configuration["WhatsAppOnboarding:AppId"] is { Length: > 0 })
            return null;

        const string verifyToken = "a-verify-token-of-the-emulated-meta";
        var meta = await MetaEmulator.StartAsync(new()
        {
            Port = configuration.GetValue("EmulatorPort", 5091),
            AppName = "WhatsApp-Host",
            WebhookCallback = new Uri(new Uri(configuration["urls"] ?? "http://localhost:5000"), "/webhooks/whatsapp"),
            WebhookVerifyToken = verifyToken,
            PreselectInPopup = true,
        });
        meta.World.AddBusiness("Lucky Shrub", "100000000000001").AddWaba("Lucky Shrub", "200000000000001").AddNumber("+1 631-555-0100", "Lucky Shrub", "300000000000001");
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["WhatsAppOnboarding:AppId"] = meta.AppId,
            ["WhatsAppOnboarding:AppSecret"] = meta.AppSecret,
            ["WhatsAppOnboarding:WebhookVerifyToken"] = verifyToken,
            ["WhatsAppOnboarding:ConfigurationId"] = "400000000000001",
            ["WhatsAppOnboarding:GraphBaseAddress"] = meta.Address.ToString(),
            ["WhatsAppOnboarding:DialogBaseAddress"] = meta.Address.ToString(),
            ["WhatsAppOnboarding:SdkAddress"] = new Uri(meta.Address, "/en_US/sdk.js").ToString(),
        });

#if (sqlite)
        // It begins anew at each start and refuses the tokens of the last one.
        foreach (var ending in (string[])["", "-shm", "-wal"])
            File.Delete("app.db" + ending);
#endif
        return meta;
    }
}
