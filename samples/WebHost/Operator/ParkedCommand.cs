using WhatsAppOnboarding.Stores;

namespace WebHost.Operator;

/// <summary>
/// What webhook handlers failed on too often: <c>dotnet run --project samples/WebHost -- parked</c> lists it; <c>-- parked replay</c> and
/// <c>-- parked discard</c> try it again or give it up, all of it or the one item whose account and key follow. Exit code 0 when nothing is left, else 1.
/// </summary>
internal static class ParkedCommand
{
    public static async Task RunAsync(WebApplication app, string[] args)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var operations = scope.ServiceProvider.GetRequiredService<IWhatsAppOperator>();
        if (args is not ([_] or [_, "replay" or "discard"] or [_, "replay" or "discard", _, _]))
        {
            Console.WriteLine("parked | parked replay [account item] | parked discard [account item]");
            Environment.ExitCode = 1;
            return;
        }

        foreach (var record in await ListAsync(operations))
        {
            if (args is not [_, _, var account, var item] || (account, item) == (record.AccountId.ToString(), record.ItemKey))
                Write($"{record.AccountId} {record.ItemKey}: {await ActAsync(operations, record, args.ElementAtOrDefault(1))}");
        }

        var left = (await ListAsync(operations)).Count;
        Console.WriteLine($"{left} parked.");
        Environment.ExitCode = left == 0 ? 0 : 1;
    }

    private static async Task<string> ActAsync(IWhatsAppOperator operations, LedgerRecord record, string? does)
    {
        if (does == "discard")
            return await operations.DiscardParkedAsync(record.AccountId, record.ItemKey) ? "given up" : "no longer parked";
        if (does != "replay")
            return $"since {record.ParkedAt:u}, {record.Failures} failures, last in {record.FailedHandler}: {record.Reason}";

        var replay = await operations.ReplayParkedAsync(record.AccountId, record.ItemKey);
        return replay switch
        {
            null => "no longer parked",
            { IsParked: false } => "done",
            _ => $"failed again in {replay.FailedHandler}: {replay.Reason}",
        };
    }

    private static Task<IReadOnlyList<LedgerRecord>> ListAsync(IWhatsAppOperator operations) => operations.ListParkedAsync(max: int.MaxValue);

    /// <summary>Keys and reasons hold what came from outside, and a terminal obeys control characters.</summary>
    private static void Write(string line) => Console.WriteLine(string.Concat(line.Where(letter => !char.IsControl(letter))));
}
