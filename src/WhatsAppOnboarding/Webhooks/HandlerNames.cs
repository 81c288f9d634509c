using Microsoft.Extensions.DependencyInjection;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>The host's handlers by name, in their order; by these names the ledger knows them.</summary>
internal sealed class HandlerNames
{
    public HandlerNames(IServiceScopeFactory scopes)
    {
        using var scope = scopes.CreateScope();
        var names = new List<string>();
        foreach (var type in scope.ServiceProvider.GetServices<IWebhookHandler>().Select(handler => handler.GetType().ToString()))
        {
            var same = names.Count(name => name.Split('#')[0] == type);
            names.Add(same == 0 ? type : $"{type}#{same + 1}");
        }

        All = names;
    }

    public IReadOnlyList<string> All { get; }
}
