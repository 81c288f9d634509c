using WhatsAppOnboarding.Endurance.Bench;
using WhatsAppOnboarding.Endurance.Chaos;
using WhatsAppOnboarding.Endurance.Fuzz;

return args switch
{
    ["bench", .. var rest] => await BenchCommand.RunAsync(rest),
    ["fuzz", .. var rest] => await FuzzCommand.RunAsync(rest),
    ["chaos", .. var rest] => await ChaosCommand.RunAsync(rest),
    ["kill-accounts", .. var rest] => await AccountKillsCommand.RunAsync(rest),
    [ConnectHost.Command, .. var rest] => await ConnectHost.RunAsync(rest),
    [ChaosHost.Command, .. var rest] => await ChaosHost.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("dotnet run -c Release --project tests/WhatsAppOnboarding.Endurance -- bench | fuzz | chaos | kill-accounts");
    return 2;
}
