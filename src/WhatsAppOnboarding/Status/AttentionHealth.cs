using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WhatsAppOnboarding.Status;

/// <summary>How accounts stand, as a health check: of a number that does not work, its failure; of what is due soon or not known, degraded.</summary>
internal sealed class AttentionHealth(
    Func<CancellationToken, Task<IReadOnlyCollection<AccountId>>> accounts,
    Func<AccountId, CancellationToken, Task<OnboardingStatus>> readStatus,
    Func<AccountId, CancellationToken, Task<IReadOnlyList<AttentionItem>>> readAttention) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var (blocked, unsure) = (false, false);
            var items = new List<AttentionItem>();
            foreach (var account in await accounts(cancellationToken).ConfigureAwait(false))
            {
                var status = await readStatus(account, cancellationToken).ConfigureAwait(false);
                string[] answers = [.. status.PhoneNumbers.Where(number => number.IsActive).SelectMany(number => new[] { number.CanReceive.Answer, number.CanSend.Answer })];
                blocked |= answers.Contains(Readiness.No);
                unsure |= answers.Contains(Readiness.Unknown);
                items.AddRange(await readAttention(account, cancellationToken).ConfigureAwait(false));
            }

            return ResultOf(items, blocked || items.Exists(item => item.Blocks), unsure, context.Registration.FailureStatus);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Degraded("It could not be read how the numbers stand.", exception);
        }
    }

    /// <summary>Neither an account nor a telephone number is in it: whoever may ask for health need not know them.</summary>
    private static HealthCheckResult ResultOf(List<AttentionItem> items, bool blocked, bool unsure, HealthStatus failure)
    {
        var data = items.GroupBy(item => item.Code).ToDictionary(of => of.Key, of => (object)$"{of.First().Message} {of.First().Action}");
        return blocked ? new HealthCheckResult(failure, "Numbers do not receive or do not send.", data: data)
            : items.Count > 0 || unsure ? HealthCheckResult.Degraded("Something is due, or not known.", data: data)
            : HealthCheckResult.Healthy("Nothing is due.");
    }
}
