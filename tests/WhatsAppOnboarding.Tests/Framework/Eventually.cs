namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>Waits for what happens beside a test, and fails instead of waiting for ever.</summary>
public static class Eventually
{
    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var patience = new Patience(what);
        while (!await condition())
            await patience.TurnAsync();
    }
}
