using Microsoft.EntityFrameworkCore;
using WebHost.Data;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Testing;

namespace WebHost.Emulator;

public static class EmulatorRestart
{
    /// <summary>
    /// The emulated Meta beside the sample begins anew at each start and knows no token of before. Asked once now, each number says so on the first page,
    /// instead of with whatever is tried first.
    /// </summary>
    public static async Task AskNewEmulatorAsync(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.Services.GetService<MetaEmulator>() is null)
            return;
        await using var scope = app.Services.CreateAsyncScope();
        var (accounts, graph) = (scope.ServiceProvider.GetRequiredService<IWhatsAppAccounts>(), scope.ServiceProvider.GetRequiredService<IGraphClient>());
        foreach (var id in await scope.ServiceProvider.GetRequiredService<AppDbContext>().Users.Select(user => user.AccountId).Distinct().ToListAsync())
        {
            var account = AccountId.Parse(id);
            foreach (var held in (await accounts.GetStatusAsync(account)).PhoneNumbers.Where(number => number.IsActive))
            {
                var number = PhoneNumberId.Parse(held.PhoneNumberId);
                var token = await accounts.GetTokenAsync(account, number);
                if (token.Available && (await graph.SendAsync(WhatsAppCalls.ReadNumber(token.Token, number))).Error is { } error)
                    await accounts.ReportFailureAsync(account, number, token.Token, error);
            }
        }
    }
}
