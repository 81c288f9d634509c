using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Hosting;

/// <summary>A host that finds the account by its own code: here by a header, and only among the organisations of the person.</summary>
public sealed class AccountResolverTests
{
    private const string Organisation = "X-Organisation";
    private const string Status = "/api/integrations/whatsapp/status";

    [Fact]
    public async Task The_account_is_the_one_that_the_host_names()
    {
        await using var host = await StartAsync();
        using var ada = host.OpenApi("acme,birch");

        (await GetAsync(ada, Status, "birch")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await GetAsync(ada, Status, "cedar")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await ApiConnect.CodeOf(await GetAsync(ada, Status, null))).ShouldBe("account_missing");
    }

    [Fact]
    public async Task Somebody_who_is_signed_out_is_refused_before_the_host_is_asked()
    {
        var asked = 0;
        await using var host = await TheHost.StartAsync(setup => setup.Library = library => library.UseAccountResolver((_, _) =>
        {
            asked++;
            return ValueTask.FromResult<AccountId?>(AccountId.Parse("acme"));
        }));
        using var nobody = host.OpenApi(null);

        (await GetAsync(nobody, Status, "acme")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        asked.ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_comes_back_from_Meta_is_matched_with_the_account_that_started()
    {
        await using var host = await StartAsync();
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var browser = await host.OpenBrowserAsync("acme,birch");
        var started = await browser.GetAsync(Browser.Connect, request => request.Headers.Add(Organisation, "birch"));
        var back = await host.Meta.ApproveAsync(started.Headers.Location!, cancellationToken: TestContext.Current.CancellationToken);

        (await browser.ReturnAsync(back)).ShouldBe("/dashboard?whatsapp=connected");
        (await host.ReadAsync("birch")).Numbers.ShouldHaveSingleItem();
        (await host.ReadAsync("acme")).Numbers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_host_that_does_not_answer_is_not_waited_upon_for_ever()
    {
        var clock = new ManualTimeProvider();
        var asked = new TaskCompletionSource();
        await using var host = await TheHost.StartAsync(setup =>
        {
            setup.Services.AddSingleton<TimeProvider>(clock);
            setup.Library = library => library.UseAccountResolver((_, _) =>
            {
                asked.TrySetResult();
                return new ValueTask<AccountId?>(new TaskCompletionSource<AccountId?>().Task);
            });
        });
        using var ada = host.OpenApi("acme");

        var answer = GetAsync(ada, Status, null);
        await asked.Task;

        (await ApiConnect.CodeOf(await clock.AdvanceUntilAsync(answer, TimeSpan.FromSeconds(11)))).ShouldBe("service_unavailable");
    }

    [Fact]
    public void Settings_by_code_stand_on_top_of_the_configuration_and_alone()
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager { ["AppId"] = "1", ["AppSecret"] = "secret" };
        var both = Options(services => services.AddWhatsAppOnboarding(configuration, options => options.AppId = "2"));
        var alone = Options(services => services.AddWhatsAppOnboarding(options => (options.AppId, options.AppSecret) = ("3", "other")));

        (both.AppId, both.AppSecret, alone.AppId).ShouldBe(("2", "secret", "3"));
    }

    private static WhatsAppOnboardingOptions Options(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection().AddSingleton<Microsoft.Extensions.Hosting.IHostEnvironment>(new Microsoft.Extensions.Hosting.Internal.HostingEnvironment { EnvironmentName = "Development" });
        add(services);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<WhatsAppOnboardingOptions>>().Value;
    }

    private static Task<TheHost> StartAsync() => TheHost.StartAsync(setup => setup.Library = library => library.UseAccountResolver((context, expected) =>
    {
        var wanted = expected?.ToString() ?? context.Request.Headers[Organisation].ToString();
        var isMember = context.User.FindAll("account_id").Any(claim => claim.Value == wanted);
        return ValueTask.FromResult<AccountId?>(isMember ? AccountId.Parse(wanted) : null);
    }));

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string path, string? organisation)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (organisation is not null)
            request.Headers.Add(Organisation, organisation);
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
