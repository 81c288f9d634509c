using Microsoft.Extensions.DependencyInjection;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>The host's handlers by name, in their order; by these names the ledger knows them.</summary>
internal sealed class HandlerNames
{
    public HandlerNames(IServiceScopeFactory scopes)
    {
        var scope = scopes.CreateAsyncScope();
        try
        {
            var names = new List<string>();
            foreach (var type in scope.ServiceProvider.GetServices<IWebhookHandler>().Select(handler => handler.GetType().ToString()))
            {
                var same = names.Count(name => name.Split('#')[0] == type);
                names.Add(same == 0 ? type : $"{type}#{same + 1}");
            }

            All = names;
        }
        finally
        {
            // Once in the life of the process; a handler may need something that can only be disposed of asynchronously.
            scope.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    public IReadOnlyList<string> All { get; }
}
