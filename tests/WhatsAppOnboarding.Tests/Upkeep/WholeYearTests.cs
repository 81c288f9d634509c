namespace WhatsAppOnboarding.Tests.Upkeep;

public sealed partial class YearTests
{
    [Fact]
    public Task A_year_of_400_accounts_goes_as_their_model_says() => RunAsync(changing: 300, quiet: 100, days: 365);
}
