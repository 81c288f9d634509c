using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WhatsAppOnboarding.EfCore.Tests.Databases;

/// <summary>Makes the next saves fail: before anything is sent, or after everything is committed.</summary>
internal sealed class Trouble : SaveChangesInterceptor
{
    private int _before;
    private int _after;

    public void FailBefore(int times = 1) => _before = times;

    public void FailAfter(int times = 1) => _after = times;

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        _before-- > 0 ? throw new IOException("The save failed.") : ValueTask.FromResult(result);

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        _after-- > 0 ? throw new IOException("The acknowledgement was lost.") : ValueTask.FromResult(result);
}
