using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Notices;

/// <summary><c>POST …/deauthorize</c>: a person took back what was granted to the app. Answered after the numbers were looked at, the same whether there were any.</summary>
internal sealed class DeauthorizeEndpoint(SignedRequestReader reader, IServiceScopeFactory scopes)
{
    public async Task TakeAsync(HttpContext context)
    {
        RequestLanguage.Apply(context);
        if (await reader.ReadAsync(context).ConfigureAwait(false) is not { } request)
            return;

        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            await scope.ServiceProvider.GetRequiredService<Grantors>().DoubtAsync(request).ConfigureAwait(false);
        context.Response.StatusCode = StatusCodes.Status200OK;
    }
}
