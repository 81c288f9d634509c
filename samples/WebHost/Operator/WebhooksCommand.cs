namespace WebHost.Operator;

/// <summary>
/// Where Meta sends the app's webhooks, compared with what the sample needs: <c>dotnet run --project samples/WebHost -- webhooks</c>;
/// <c>-- webhooks apply</c> sets them up. Exit code 0 when all is as needed, else 1.
/// </summary>
internal static class WebhooksCommand
{
    /// <summary>The sample listens meanwhile, for Meta checks the address before it takes it.</summary>
    public static async Task RunAsync(WebApplication app, string[] args)
    {
        var apply = args is [_, "apply", ..];
        await app.StartAsync();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var operations = scope.ServiceProvider.GetRequiredService<IWhatsAppOperator>();
            var report = apply ? await operations.ApplyWebhookSetupAsync() : await operations.ReadWebhookSetupAsync();
            Console.Write(Text(report));
            Environment.ExitCode = report.IsComplete ? 0 : 1;
        }

        await app.StopAsync();
    }

    private static string Text(WebhookSetupReport report)
    {
        var active = report.IsActive switch
        {
            true => "sent",
            false => "not sent",
            null => "not known whether sent",
        };
        IEnumerable<string> lines =
        [
            $"needed:    {report.NeededAddress}",
            $"effective: {report.Address ?? "none"} ({active})",
            $"fields:    {(report.Fields.Count == 0 ? "none" : string.Join(", ", report.Fields.Order(StringComparer.Ordinal)))}",
            .. report.Differences.Select(Text),
            report.IsComplete ? "All is as needed." : $"{report.Differences.Count} to put right.",
        ];
        return string.Concat(lines.Select(line => Printable(line) + Environment.NewLine));
    }

    private static string Text(WebhookDifference difference)
    {
        var meta = difference.MetaCode is { } code ? $" (Meta's code {code}, trace {difference.MetaTraceId ?? "none"})" : "";
        return $"{difference.Code}: {difference.Message}{meta} -> {difference.Action}";
    }

    /// <summary>Addresses and fields come from outside, and a terminal obeys control characters.</summary>
    private static string Printable(string line) => string.Concat(line.Where(letter => !char.IsControl(letter)));
}
