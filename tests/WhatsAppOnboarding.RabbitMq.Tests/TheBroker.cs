using System.Diagnostics;

namespace WhatsAppOnboarding.RabbitMq.Tests;

/// <summary>The broker that the tests share. Those that stop it stop it for all, so no two run at the same time.</summary>
[CollectionDefinition(nameof(TheBroker), DisableParallelization = true)]
public static class TheBroker
{
    private const string Variable = "WHATSAPP_TESTS_RABBITMQ";
    private const string CtlVariable = "WHATSAPP_TESTS_RABBITMQCTL";

    public static string Uri => Required(Variable, "something like amqp://guest:guest@127.0.0.1:5672");

    /// <summary>Runs the broker's command-line tool.</summary>
    public static async Task ControlAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Required(CtlVariable, "a rabbitmqctl that reaches that broker"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await output + await error);
    }

    private static string Required(string variable, string what)
    {
        var value = Environment.GetEnvironmentVariable(variable);
        Assert.SkipUnless(!string.IsNullOrEmpty(value), $"No broker: set {variable} to {what}.");
        return value!;
    }
}
