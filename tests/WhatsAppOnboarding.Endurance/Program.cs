using WhatsAppOnboarding.Endurance.Bench;
using WhatsAppOnboarding.Endurance.Fuzz;

return args switch
{
    ["bench", .. var rest] => await BenchCommand.RunAsync(rest),
    ["fuzz", .. var rest] => await FuzzCommand.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("dotnet run -c Release --project tests/WhatsAppOnboarding.Endurance -- bench | fuzz");
    return 2;
}
