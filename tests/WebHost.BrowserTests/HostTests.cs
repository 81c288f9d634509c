using System.Net;
using WebHost.BrowserTests.Framework;

namespace WebHost.BrowserTests;

/// <summary>What is copied from the samples is safe: they answer for their own names only, and their keys are nobody else's.</summary>
public sealed class HostTests(TheSample sample)
{
    [Theory]
    [InlineData("/dashboard")]
    [InlineData("/api/integrations/whatsapp/connect")]
    [InlineData("/onboarding/whatsapp?error=signed_out")]
    public async Task A_foreign_host_does_not_move_the_sign_in(string path)
    {
        await using var visitor = await sample.OpenAsync();
        var foreign = await AskAsync(path, "evil.example");
        foreign.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        foreign.Headers.Location.ShouldBeNull();

        var own = await AskAsync(path, null);
        own.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        own.Headers.Location!.OriginalString.ShouldStartWith("/auth/login?returnUrl=%2F", Case.Sensitive, "a path leads nobody away, whatever the header says");
    }

    [Theory]
    [InlineData("app.example.com", HttpStatusCode.OK)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("example.com", HttpStatusCode.BadRequest)]
    public async Task The_host_of_the_public_address_is_one_of_its_own(string host, HttpStatusCode status)
    {
        await using var visitor = await sample.OpenAsync();
        await using var process = await SampleProcess.StartAsync(new Dictionary<string, string>
        {
            ["Emulator__Port"] = $"{SampleProcess.FreePort()}",
            ["WhatsAppOnboarding__PublicOrigin"] = "https://app.example.com",
        });
        (await AskAsync("/auth/login", host, process.Address)).StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task The_smallest_sample_answers_for_this_machine_only()
    {
        await using var visitor = await sample.OpenAsync();
        await using var process = await SampleProcess.StartAsync(new Dictionary<string, string> { ["EmulatorPort"] = $"{SampleProcess.FreePort()}" }, "Minimal");
        (await AskAsync("/onboarding/whatsapp", "evil.example", process.Address)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await AskAsync("/", null, process.Address)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_keys_are_in_a_folder_that_only_their_user_opens_and_outside_development_a_warning_says_that_they_lie_in_the_clear()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There a folder has no mode.");
            return;
        }

        await using var process = await SampleProcess.StartAsync(Production());
        File.GetUnixFileMode(process.Keys).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        process.Output.ShouldContain("The Data Protection keys lie in the clear");
    }

    [Fact]
    public async Task Of_keys_that_lie_in_the_clear_in_the_database_a_warning_says_that_the_tokens_are_beside_them()
    {
        await using var process = await SampleProcess.StartAsync(new Dictionary<string, string>(Production()) { ["DataProtection__Keys"] = "Database" });
        process.Output.ShouldContain("lie in the clear in the database, beside the tokens that they seal");
    }

    private static Dictionary<string, string> Production() => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["Emulator__Enabled"] = "true",
        ["Emulator__Port"] = $"{SampleProcess.FreePort()}",
        ["WhatsAppOnboarding__PublicOrigin"] = "https://app.example.com",
    };

    private async Task<HttpResponseMessage> AskAsync(string path, string? host, Uri? address = null)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address ?? sample.Address, path));
        request.Headers.Host = host;
        request.Headers.Accept.ParseAdd("text/html");
        return await client.SendAsync(request);
    }
}
