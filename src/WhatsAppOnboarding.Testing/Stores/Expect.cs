using System.Runtime.CompilerServices;

namespace WhatsAppOnboarding.Testing.Stores;

internal static class Expect
{
    public static void That(bool holds, [CallerArgumentExpression(nameof(holds))] string? what = null)
    {
        if (!holds)
            throw new InvalidOperationException($"expected {what}");
    }

    public static async Task ThrowsAsync<TException>(Func<Task> act, string what)
        where TException : Exception
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (TException)
        {
            return;
        }

        throw new InvalidOperationException($"expected a {typeof(TException).Name}, because {what}");
    }
}
