using WhatsAppOnboarding.Stores;

namespace WebHost.Operator;

/// <summary>What webhook handlers failed on too often: <c>dotnet run --project samples/WebHost -- parked</c>; <see cref="ParkedArguments.Help"/> says what follows.</summary>
internal static class ParkedCommand
{
    public static async Task RunAsync(WebApplication app, string[] args)
    {
        if (ParkedArguments.Parse(args) is not { } asked)
        {
            Console.WriteLine(ParkedArguments.Help);
            Environment.ExitCode = 2;
            return;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        await using var scope = app.Services.CreateAsyncScope();
        var operations = scope.ServiceProvider.GetRequiredService<IWhatsAppOperator>();
        var left = asked.Verb switch
        {
            "groups" => await GroupsAsync(operations, asked.Query),
            "show" => await ShowAsync(operations, asked.Query),
            "replay" => Say(await operations.ReplayParkedAsync(asked.Query, stop.Token), "replayed"),
            "discard" => Say(await operations.DiscardParkedAsync(asked.Query, stop.Token), "given up"),
            _ => await ListAsync(operations, asked.Query),
        };
        Environment.ExitCode = left == 0 ? 0 : 1;
    }

    private static async Task<int> ListAsync(IWhatsAppOperator operations, ParkedQuery query)
    {
        var (count, last) = (0, default(LedgerRecord));
        while (await operations.ListParkedAsync(query, last) is { Count: > 0 } page)
        {
            foreach (var record in page)
                Write($"{record.AccountId} {record.ItemKey}: {About(record)}");
            (count, last) = (count + page.Count, page[^1]);
        }

        Console.WriteLine($"{count} parked.");
        return count;
    }

    private static async Task<int> GroupsAsync(IWhatsAppOperator operations, ParkedQuery query)
    {
        var groups = await operations.GroupParkedAsync(query);
        foreach (var group in groups)
            Write($"{group.Count} since {group.OldestAt:u}: {group.Reason} in {group.Handler}");
        var count = groups.Sum(group => group.Count);
        Console.WriteLine($"{count} parked.");
        return count;
    }

    private static async Task<int> ShowAsync(IWhatsAppOperator operations, ParkedQuery query)
    {
        var found = await operations.ListParkedAsync(query, max: 2);
        if (found is [var record])
        {
            Write($"{record.AccountId} {record.ItemKey}: {About(record)}");
            foreach (var line in ParkedPayload.Text(record.Payload).Split('\n'))
                Write(line);
        }
        else
        {
            Console.WriteLine(found.Count == 0 ? "It is not parked." : "Several accounts have it: name one with --account.");
        }

        return found.Count;
    }

    private static int Say(ParkedResult result, string done)
    {
        Console.WriteLine($"{result.Unparked} {done}, {result.FailedAgain} failed again, {result.Left} left.");
        return result.FailedAgain + result.Left;
    }

    private static string About(LedgerRecord record) =>
        $"arrived {record.FirstFailedAt:u}, parked {record.ParkedAt:u}, {record.Failures} failures, last in {record.FailedHandler}: {record.Reason}";

    /// <summary>Keys, reasons and payloads hold what came from outside, and a terminal obeys control characters.</summary>
    private static void Write(string line) => Console.WriteLine(string.Concat(line.Where(letter => !char.IsControl(letter))));
}
