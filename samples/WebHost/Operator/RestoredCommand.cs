namespace WebHost.Operator;

/// <summary>
/// Says that the database was restored from a backup, before the sample serves with it: <c>dotnet run --project samples/WebHost -- restored</c>. From then on each number stands
/// still until Meta has proved it, which a started sample finds out within minutes.
/// </summary>
internal static class RestoredCommand
{
    public static async Task RunAsync(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var marked = await scope.ServiceProvider.GetRequiredService<IWhatsAppOperator>().MarkRestoredAsync();
        Console.WriteLine($"{marked} to prove: nothing is sent with these numbers, or delivered of them, until Meta has shown that they are as the backup says. Start the sample now.");
    }
}
