using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Upkeep;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>An examination finds what is wrong with a host, names the cure, and hurts nobody.</summary>
public sealed class DoctorTests
{
    public static TheoryData<int, string> Faults => new(HostFaults.All.Index().Select(one => (one.Index, one.Item.Code)));

    [Fact]
    public async Task Of_a_host_with_which_all_is_well_nothing_is_found()
    {
        await using var host = await DoctorHost.StartAsync();
        await host.ConnectAsync();
        (await host.ExamineAsync()).Select(Text).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_is_made_wrong_is_found_with_its_cure_and_without_a_secret(int index, string code)
    {
        var fault = HostFaults.All[index];
        await using var host = await DoctorHost.StartAsync(fault.Settings, fault.Callback);
        if (fault.Then is { } then)
            await then(host);

        var found = await host.ExamineAsync();

        found.Select(one => one.Code).ShouldBe([code, .. fault.Also], ignoreOrder: true, string.Join("\n", found.Select(Text)));
        foreach (var one in found)
        {
            one.Message.ShouldNotBeNullOrEmpty();
            one.Action.ShouldNotBeNullOrEmpty();
            foreach (var secret in (string[])[host.Meta.AppSecret, TheHost.VerifyToken, "wrong, too", "db.internal"])
                Text(one).ShouldNotContain(secret);
        }
    }

    [Theory]
    [InlineData("https://front.example/back", "", "a front end on an origin that is listed")]
    [InlineData("https://saas.example/tenant/integrations/whatsapp/callback", "/tenant", "a prefix that the redirect URI names")]
    [InlineData("https://saas.example/app/integrations/whatsapp/callback", "", "a prefix that a proxy takes away")]
    [InlineData("https://saas.example/sign-up/back", "", "a page of the host's own that takes any path")]
    public async Task A_redirect_URI_that_is_meant_is_not_found(string redirect, string prefix, string why)
    {
        await using var host = await DoctorHost.StartAsync((setup, _) =>
        {
            (setup["RedirectUri"], setup["AllowedOrigins:0"], setup.Prefix) = (redirect, "https://front.example", prefix);
            setup.App = app => app.MapGet("/sign-up/{**rest}", () => "a page");
        });
        (await host.ExamineAsync()).Select(Text).ShouldBeEmpty(why);
    }

    [Fact]
    public void Every_row_of_the_table_is_made_wrong_by_a_test()
    {
        Diagnoses.All.Select(row => row.Code).ShouldBeUnique();
        Diagnoses.All.Select(row => row.Code).ShouldBe(HostFaults.All.Select(fault => fault.Code).Distinct(), ignoreOrder: true);
        Diagnoses.All.Count.ShouldBeGreaterThanOrEqualTo(20);
    }

    [Fact]
    public async Task An_examination_takes_one_call_to_Meta_and_one_to_the_public_address_and_writes_nothing()
    {
        await using var host = await DoctorHost.StartAsync();
        await host.ConnectAsync();
        host.Meta.Calls.Clear();
        var before = await host.Host.ReadAsync("acme");

        await host.ExamineAsync();

        host.Meta.Calls.All.Select(call => (call.Method, call.Operation)).ShouldBe([("GET", GraphOperations.ListAppSubscriptions)]);
        host.Outside.Asked.ShouldHaveSingleItem().AbsolutePath.ShouldBe("/webhooks/whatsapp");
        (await host.Host.ReadAsync("acme")).Reference.ShouldBe(before.Reference);
        host.Host.Logs.Lines.ShouldAllBe(line => !line.Text.Contains(TheHost.VerifyToken) && !line.Text.Contains(host.Meta.AppSecret));
    }

    [Fact]
    public async Task A_Meta_that_never_answers_is_one_finding_within_twenty_seconds()
    {
        var clock = new ManualTimeProvider(TimeSpan.FromMinutes(1));
        await using var host = await DoctorHost.StartAsync((setup, _) => setup.Services.AddSingleton<TimeProvider>(clock));
        host.Meta.Service.GoDown(silent: true);
        var begun = clock.GetUtcNow();

        var examination = host.ExamineAsync();
        await Eventually.TrueAsync(() => host.Meta.Calls.All.Count > 0, "the call to Meta");
        clock.Advance(TimeSpan.FromSeconds(16));
        var found = await examination.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        (clock.GetUtcNow() - begun).ShouldBeLessThan(Examination.Limit);
        found.Select(one => one.Code).ShouldContain("meta_unreachable");
        found.Count(one => one.Code.StartsWith("meta_", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_store_that_never_answers_ends_the_examination_after_twenty_seconds()
    {
        var (clock, asked) = (new ManualTimeProvider(), new TaskCompletionSource<IReadOnlyList<LedgerRecord>>());
        await using var host = await DoctorHost.StartAsync((setup, _) =>
        {
            setup.Services.AddSingleton<TimeProvider>(clock);
            setup.Library = library => library.Services.Replace(ServiceDescriptor.Scoped(_ => Answering.Of<IWebhookLedger>(nameof(IWebhookLedger.ListParkedAsync), asked.Task)));
        });

        var examination = host.ExamineAsync();
        examination.IsCompleted.ShouldBeFalse();
        clock.Advance(Examination.Limit);
        var found = await examination.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        found.ShouldContain(one => one.Code == "examination_cut_short" && one.Subject == "stores");
        found.ShouldNotContain(one => one.Code == "webhooks_parked");
    }

    private static string Text(Finding finding) => $"{finding.Code} {finding.Subject} {finding.Reason} {finding.Message} {finding.Action}";
}
