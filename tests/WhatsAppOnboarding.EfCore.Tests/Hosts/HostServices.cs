using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace WhatsAppOnboarding.EfCore.Tests.Hosts;

/// <summary>What a web host brings to the library, without a web server.</summary>
internal static class HostServices
{
    public static IServiceCollection Create() => new ServiceCollection().AddLogging().AddSingleton<IHostEnvironment, Development>();

    public static IConfiguration Configuration(string sharedNumbers = "Allow") => new ConfigurationBuilder().AddInMemoryCollection(
    [
        new("AppId", "123456789"),
        new("AppSecret", "an app secret"),
        new("SharedNumbers", sharedNumbers),
    ]).Build();

    private sealed class Development : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Development;

        public string ApplicationName { get; set; } = "tests";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
