using WhatsAppOnboarding.Endurance.Bench;

return args switch
{
    ["bench", .. var rest] => await BenchCommand.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("dotnet run -c Release --project tests/WhatsAppOnboarding.Endurance -- bench");
    return 2;
}
