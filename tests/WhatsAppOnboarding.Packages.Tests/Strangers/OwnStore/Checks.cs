using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;

internal static class Checks
{
    public static async Task RunAsync(IServiceCollection services)
    {
        //@ docs/stores.md#contract

        Console.WriteLine($"Kept: {provider.GetRequiredService<Cabinet>().Accounts.Count} accounts.");
    }
}
