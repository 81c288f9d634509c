namespace WhatsAppOnboarding.Packages.Tests;

/// <summary>Who keeps the records somewhere else, without Entity Framework, and wants to know that it is right.</summary>
public sealed class OwnStoreTests(Strangers strangers)
{
    private const int MostLines = 10;

    [Fact]
    public async Task A_store_of_ones_own_passes_the_checks_of_the_page()
    {
        DocsPage.Of("docs/stores.md").Snippet("contract").Typed.Length.ShouldBeInRange(5, MostLines);

        var said = await strangers.DotnetAsync("OwnStore", ["bin/Debug/net10.0/OwnStore.dll"], new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development" });

        said.ShouldStartWith("Kept: ");
    }
}
