namespace WebHost.Operator;

/// <summary>
/// What is wrong with the sample, its settings and its Meta app, with what puts it right: <c>dotnet run --project samples/WebHost -- doctor</c>. Exit code 0 when nothing is, else 1.
/// </summary>
internal static class DoctorCommand
{
    /// <summary>The sample listens meanwhile, for its public address is asked as Meta asks it.</summary>
    public static async Task RunAsync(WebApplication app)
    {
        await app.StartAsync();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var findings = await scope.ServiceProvider.GetRequiredService<IWhatsAppOperator>().ExamineAsync();
            foreach (var found in findings)
            {
                Write($"{found.Code}{About(found)}: {found.Message}");
                Write($"  -> {found.Action}");
            }

            Console.WriteLine(findings.Count == 0 ? "Nothing is wrong." : $"{findings.Count} to put right.");
            Environment.ExitCode = findings.Count == 0 ? 0 : 1;
        }

        await app.StopAsync();
    }

    private static string About(Finding found) =>
        (found.Subject, found.Reason) switch
        {
            (null, null) => "",
            ({ } subject, null) => $" ({subject})",
            (null, { } reason) => $" ({reason})",
            var (subject, reason) => $" ({subject}, {reason})",
        };

    /// <summary>Addresses come from outside, and a terminal obeys control characters.</summary>
    private static void Write(string line) => Console.WriteLine(string.Concat(line.Where(letter => !char.IsControl(letter))));
}
