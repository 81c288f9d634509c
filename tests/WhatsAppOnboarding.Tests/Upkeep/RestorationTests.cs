using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>After the stores were marked as restored from a backup nothing of it counts that Meta has not proved since.</summary>
public sealed class RestorationTests
{
    private static readonly AccountId Acme = AccountId.Parse("acme");

    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Nothing_is_sent_delivered_or_ordered_until_meta_has_proved_the_number_and_what_came_meanwhile_comes_again()
    {
        await using var accounts = await StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);

        (await MarkAsync(accounts)).ShouldBe(1);

        (await SendingAsync(accounts)).ShouldBe("unproved_since_restore");
        var delivery = await accounts.Meta.Webhooks.ReceiveMessageAsync(waba.Numbers[0].Id, "+15550001", "Ann", "hello", TestContext.Current.CancellationToken);
        delivery.LastStatusCode.ShouldBe(503);
        var step = await accounts.Host.UseAsync<IWhatsAppSetup, StepOutcome>(setup => setup.RunStepAsync(Acme, PhoneNumberId.Parse(waba.Numbers[0].Id), new StepRequest { Step = StepNames.Register }));
        step.Code.ShouldBe("unproved_since_restore");
        var view = await accounts.StatusAsync("acme");
        view.ShouldSatisfyAllConditions(
            () => view.Connected.ShouldBeFalse(),
            () => (view.CanSend.Answer, view.CanSend.Reason, view.CanSend.Who).ShouldBe(("no", "unproved_since_restore", "meta")),
            () => (view.CanReceive.Answer, view.CanReceive.Reason).ShouldBe(("no", "unproved_since_restore")),
            () => view.Message.ShouldStartWith("This service was restored from a backup"));
        accounts.Host.Events.Events.ShouldBeEmpty();

        await accounts.PassAsync(Soon);

        (await SendingAsync(accounts)).ShouldBeNull();
        (await accounts.StatusAsync("acme")).Connected.ShouldBeTrue();
        await accounts.Meta.Webhooks.RetryDueAsync(TestContext.Current.CancellationToken);
        delivery.Status.ShouldBe(DeliveryStatus.Delivered);
        accounts.Host.Events.TextsOf("acme").ShouldBe(["hello"]);
        accounts.Told("acme").ShouldBeEmpty();
    }

    [Fact]
    public async Task Links_of_before_are_taken_back_and_those_made_since_work()
    {
        await using var accounts = await StartAsync(setup => setup["Links:ServiceName"] = "Lucky Desk");
        Task<SetupLink> CreateAsync() => accounts.Host.UseAsync<IWhatsAppSetup, SetupLink>(setup => setup.CreateLinkAsync(Acme, new SetupLinkRequest()));
        var before = await CreateAsync();

        await MarkAsync(accounts);
        accounts.Clock.Advance(TimeSpan.FromSeconds(1));
        var since = await CreateAsync();

        (await accounts.Host.UseAsync<IWhatsAppSetup, IReadOnlyList<SetupLink>>(setup => setup.ListLinksAsync(Acme))).Select(link => (link.Id, link.State))
            .ShouldBe([(since.Id, SetupLink.Open), (before.Id, SetupLink.Revoked)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_waba_that_the_app_is_not_subscribed_to_any_more_counts_as_disconnected_and_is_not_subscribed_again(int numbers)
    {
        await using var accounts = await StartAsync();
        var waba = accounts.AddWaba(numbers);
        await accounts.ConnectAsync("acme", waba);
        waba.IsAppSubscribed = false;
        await MarkAsync(accounts);
        accounts.Meta.Calls.Clear();

        await accounts.PassAsync(Soon);

        (await accounts.Host.ReadAsync("acme")).Numbers.ShouldAllBe(number => !number.IsHeld && number.Token == null && number.UnprovedSince == null && number.DisconnectReason == "not_subscribed_after_restore");
        accounts.Told("acme").ShouldBe(["disconnected not_subscribed_after_restore"]);
        (await accounts.StatusAsync("acme")).Message.ShouldContain("restored from a backup");
        (await SendingAsync(accounts)).ShouldBe("not_connected");
        await accounts.PassAsync(days: 2);
        accounts.Meta.Calls.Of(GraphOperations.SubscribeApp).ShouldBeEmpty();
        accounts.Meta.Calls.Of(GraphOperations.UnsubscribeApp).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_refused_token_the_account_connects_again_and_what_comes_until_then_is_counted_as_missed()
    {
        await using var accounts = await StartAsync();
        var waba = accounts.AddWaba();
        var token = await accounts.ConnectAsync("acme", waba);
        token.Revoke();
        await MarkAsync(accounts);

        await accounts.PassAsync(Soon);

        accounts.Told("acme").ShouldBe(["needs_attention token_invalid"]);
        (await SendingAsync(accounts)).ShouldBe("token_invalid");
        (await ReceiveAsync(accounts, waba)).LastStatusCode.ShouldBe(200);
        accounts.Host.Events.Events.ShouldBeEmpty();

        await accounts.ConnectAsync("acme", waba);
        (await SendingAsync(accounts)).ShouldBeNull();
        (await ReceiveAsync(accounts, waba)).LastStatusCode.ShouldBe(200);
        accounts.Host.Events.TextsOf("acme").ShouldBe(["hello"]);
    }

    [Fact]
    public async Task While_meta_does_not_answer_all_stands_still_and_it_is_tried_again_at_growing_distances()
    {
        await using var accounts = await StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        await MarkAsync(accounts);
        accounts.Meta.Service.GoDown();
        accounts.Calls.Clear();

        await accounts.PassAsync(days: 1);

        accounts.Calls.ByDay.Values.Sum().ShouldBeLessThanOrEqualTo(12);
        (await SendingAsync(accounts)).ShouldBe("unproved_since_restore");
        accounts.Told("acme").ShouldBe(["needs_attention unproved_since_restore"]);
        var delivery = await ReceiveAsync(accounts, waba);
        delivery.LastStatusCode.ShouldBe(503);

        accounts.Meta.Service.Recover();
        await accounts.PassAsync(TheAccounts.Turn);
        (await SendingAsync(accounts)).ShouldBeNull();
        accounts.Told("acme").ShouldBe(["needs_attention unproved_since_restore", "well_again unproved_since_restore"]);
        await accounts.Meta.Webhooks.RetryDueAsync(TestContext.Current.CancellationToken);
        accounts.Host.Events.TextsOf("acme").ShouldBe(["hello"]);
    }

    [Theory]
    [InlineData("""{"data":{"is_valid":true,"app_id":"1","type":"SYSTEM_USER","granular_scopes":[]}}""", GraphOperations.DebugToken)]
    [InlineData("""{"data":[]}""", GraphOperations.ListPhoneNumbers)]
    public async Task A_token_of_another_app_and_a_waba_that_does_not_list_the_number_prove_nothing(string answer, string operation)
    {
        await using var accounts = await StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        await MarkAsync(accounts);
        accounts.Meta.Faults.On(operation, Fault.WrongJson(answer), times: int.MaxValue);

        await accounts.PassAsync(days: 1);

        (await SendingAsync(accounts)).ShouldNotBeNull();
        await ReceiveAsync(accounts, waba);
        accounts.Host.Events.Events.ShouldBeEmpty();
        (await accounts.Host.ReadAsync("acme")).Numbers.Single().UnprovedSince.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_repair_by_an_operator_subscribes_no_waba_before_it_is_proved()
    {
        await using var accounts = await StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        waba.IsAppSubscribed = false;
        await MarkAsync(accounts);

        var left = await accounts.Host.UseAsync<IWhatsAppOperator, IReadOnlyList<Finding>>(operations => operations.ReconcileAsync(Acme, repair: true));

        left.Select(found => found.Code).ShouldContain("subscription_missing");
        waba.IsAppSubscribed.ShouldBeFalse();
    }

    [Theory]
    [InlineData(true, "disconnected requested; needs_attention still_subscribed")]
    [InlineData(false, "disconnected requested")]
    public async Task What_the_backup_was_about_to_leave_is_not_left_and_told_if_the_app_is_still_there(bool isSubscribed, string told)
    {
        await using var accounts = await StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        accounts.Meta.Service.GoDown();
        await accounts.Host.DisconnectAsync("acme");
        accounts.Meta.Service.Recover();
        await accounts.Service<NumberAuthority>().WriteAsync(Acme, read => [.. read.Numbers.Select(number => number.ToDeregister(accounts.Now))], TestContext.Current.CancellationToken);

        // As if it had been connected, or left, after the backup.
        waba.IsAppSubscribed = isSubscribed;
        await MarkAsync(accounts);
        accounts.Meta.Calls.Clear();
        await accounts.PassAsync(days: 8);

        accounts.Meta.Calls.All.ShouldAllBe(call => call.Operation == GraphOperations.ListSubscribedApps);
        (waba.IsAppSubscribed, waba.Numbers[0].PlatformType).ShouldBe((isSubscribed, "CLOUD_API"));
        string.Join("; ", accounts.Told("acme")).ShouldBe(told);
        var number = (await accounts.Host.ReadAsync("acme")).Numbers.Single();
        (number.Token, number.UnprovedSince).ShouldBe((null, null));
        number.OpenSteps.ShouldHaveSingleItem().ShouldSatisfyAllConditions(open => (open.Step, open.Code).ShouldBe(("deregister", "unproved_since_restore")));
    }

    [Fact]
    public async Task An_attempt_that_the_backup_shows_as_running_is_ended_and_nothing_of_it_is_undone()
    {
        await using var accounts = await StartAsync();
        var waba = accounts.AddWaba();
        var attempt = await ClaimedAsync(accounts, waba);
        waba.IsAppSubscribed = true;

        await MarkAsync(accounts);
        accounts.Clock.Advance(TimeSpan.FromHours(1));
        await accounts.Host.UseAsync<AttemptUndo, bool>(async undo =>
        {
            await undo.RunAsync(TestContext.Current.CancellationToken);
            return true;
        });

        waba.IsAppSubscribed.ShouldBeTrue();
        accounts.Meta.Calls.Of(GraphOperations.UnsubscribeApp).ShouldBeEmpty();
        var kept = (await accounts.Service<AttemptRecords>().FindAsync(Acme, attempt.Id, TestContext.Current.CancellationToken))!;
        (kept.Outcome, kept.UndoAt, kept.UndoToken).ShouldBe((ErrorCodes.Interrupted, null, null));
        accounts.Told("acme").ShouldBe(["attempt_abandoned still_subscribed"]);
    }

    [Fact]
    public async Task A_choice_that_waited_when_the_backup_was_taken_is_over()
    {
        await using var accounts = await StartAsync(setup => setup["NumberChoice"] = "Ask");
        var waba = accounts.AddWaba(2);
        using var api = accounts.Host.OpenApi("acme");
        var start = await api.StartPopupAsync();
        (await ApiConnect.CodeOf(await api.PostAsync(new { code = accounts.Meta.IssuePopupCode([waba.Id]), state = start.GetProperty("state").GetString() }))).ShouldBe("choose");

        await MarkAsync(accounts, after: TimeSpan.FromMinutes(1));

        var attempt = start.GetProperty("attemptId").GetGuid();
        (await api.AttemptAsync(attempt)).GetProperty("choice").ValueKind.ShouldBe(JsonValueKind.Null);
        var chosen = await api.PostAsync(new { attemptId = attempt, phoneNumberIds = new[] { waba.Numbers[0].Id } }, "/api/integrations/whatsapp/choose");
        (await ApiConnect.CodeOf(chosen)).ShouldBe("choice_over");
        waba.IsAppSubscribed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_disconnect_that_a_person_orders_after_the_restore_leaves_the_waba()
    {
        await using var accounts = await StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        await MarkAsync(accounts);

        (await accounts.Host.DisconnectAsync("acme")).Open.ShouldBeEmpty();

        waba.IsAppSubscribed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_number_that_its_waba_does_not_have_any_more_is_gone_and_the_app_leaves_nothing()
    {
        await using var accounts = await StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        waba.Numbers[0].Remove();
        await MarkAsync(accounts);
        accounts.Meta.Calls.Clear();

        await accounts.PassAsync(days: 1);

        accounts.Told("acme").ShouldBe(["disconnected gone_at_meta", "needs_attention still_subscribed"]);
        (waba.IsAppSubscribed, accounts.Meta.Calls.Of(GraphOperations.UnsubscribeApp).Count).ShouldBe((true, 0));
    }

    private static Task<TheAccounts> StartAsync(Action<HostSetup>? configure = null) => TheAccounts.StartAsync(setup =>
    {
        setup.RecordsWebhooks = true;
        configure?.Invoke(setup);
    });

    /// <summary>An hour after whatever was proved last, unless it is said.</summary>
    private static Task<int> MarkAsync(TheAccounts accounts, TimeSpan? after = null)
    {
        accounts.Clock.Advance(after ?? TimeSpan.FromHours(1));
        return accounts.Host.UseAsync<IWhatsAppOperator, int>(operations => operations.MarkRestoredAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Why there is no token to send with; null when there is one.</summary>
    private static async Task<string?> SendingAsync(TheAccounts accounts)
    {
        var number = (await accounts.Host.ReadAsync("acme")).Numbers[0].PhoneNumberId;
        return (await accounts.Host.UseAsync<IWhatsAppAccounts, PhoneNumberToken>(service => service.GetTokenAsync(Acme, number))).Code;
    }

    private static Task<WebhookDelivery> ReceiveAsync(TheAccounts accounts, EmulatedWaba waba) =>
        accounts.Meta.Webhooks.ReceiveMessageAsync(waba.Numbers[0].Id, "+15550001", "Ann", "hello", TestContext.Current.CancellationToken);

    /// <summary>An attempt whose process died right after it had subscribed the app.</summary>
    private static async Task<ConnectAttempt> ClaimedAsync(TheAccounts accounts, EmulatedWaba waba)
    {
        var attempt = new ConnectAttempt
        {
            Id = Guid.NewGuid(),
            StateHash = new string('a', 64),
            CodeHash = new string('b', 64),
            AccountId = Acme,
            Way = "popup",
            Generation = Guid.NewGuid(),
            ClaimedAt = accounts.Now,
            UndoAt = accounts.Now + TimeSpan.FromMinutes(3),
            Steps = [new AttemptStep { Step = StepNames.Subscribe, EndedAt = accounts.Now, Milliseconds = 0, Result = AttemptStep.Begun, WabaId = waba.Id }],
        };
        attempt = attempt with { UndoToken = accounts.Service<WaitingGrants>().SealUndo(AccessToken.Parse(accounts.Meta.World.IssueToken([waba.Id]).Value), attempt) };
        return await accounts.Service<AttemptRecords>().ClaimAsync(attempt, TestContext.Current.CancellationToken);
    }
}
