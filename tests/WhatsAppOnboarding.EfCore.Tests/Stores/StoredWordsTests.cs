using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Hosts;

namespace WhatsAppOnboarding.EfCore.Tests.Stores;

/// <summary>Words are of the reader's language: a status says them, and no row keeps them.</summary>
public class StoredWordsTests
{
    [Fact]
    public async Task A_row_keeps_codes_without_words_and_a_status_that_is_read_leaves_it_as_it_is()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite, HostKind.Bare);
        var account = await host.CreateAccountAsync();
        var number = SomeNumber.Connected(account, "1") with
        {
            OpenSteps = [new OpenStep { Step = StepNames.Subscribe, Code = "meta_throttled", Since = SomeNumber.Now, MetaCode = 4 }],
            Findings = [new Finding { Code = Finding.ScopeMissing, At = SomeNumber.Now, Subject = "whatsapp_business_messaging" }],
            Notices =
            [
                new MetaNotice
                {
                    Kind = MetaNotice.RestrictionKind,
                    Event = "ACCOUNT_RESTRICTION",
                    At = SomeNumber.Now,
                    Restrictions = [new AccountRestriction { Type = "ONE", EndsAt = SomeNumber.Now }],
                },
            ],
        };
        await host.WithStoreAsync(store => store.WriteAsync(account, _ => [number]));
        (string, string, string?) stored =
        (
            """[{"step":"subscribe","code":"meta_throttled","since":"2026-03-04T05:06:07+00:00","metaCode":4}]""",
            """[{"code":"scope_missing","at":"2026-03-04T05:06:07+00:00","subject":"whatsapp_business_messaging"}]""",
            """[{"kind":"restriction","event":"ACCOUNT_RESTRICTION","at":"2026-03-04T05:06:07+00:00","stopsSending":false,"undone":false,"restrictions":[{"type":"ONE","endsAt":"2026-03-04T05:06:07+00:00"}]}]"""
        );
        (await RowAsync(host)).ShouldBe(stored);

        await using var scope = host.Services.CreateAsyncScope();
        var status = await scope.ServiceProvider.GetRequiredService<IWhatsAppAccounts>().GetStatusAsync(account, TestContext.Current.CancellationToken);

        var shown = status.PhoneNumbers.ShouldHaveSingleItem();
        shown.OpenSteps.ShouldHaveSingleItem().Message.ShouldNotBeNullOrWhiteSpace();
        shown.Notices.ShouldHaveSingleItem().Restrictions.ShouldHaveSingleItem().Message.ShouldNotBeNullOrWhiteSpace();
        (await RowAsync(host)).ShouldBe(stored);
    }

    private static Task<(string OpenSteps, string Findings, string? Notices)> RowAsync(TestHost host) => host.WithContextAsync(async context =>
    {
        var row = await context.Set<PhoneNumberRow>().AsNoTracking().SingleAsync(TestContext.Current.CancellationToken);
        return (row.OpenSteps, row.Findings, row.Notices);
    });
}
