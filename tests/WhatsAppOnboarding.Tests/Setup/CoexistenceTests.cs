using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Setup;

public sealed class CoexistenceTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task A_number_that_stays_in_the_app_is_never_registered_and_its_data_is_asked_for_once()
    {
        await using var number = await StartAsync();

        (await number.ConnectAsync()).ShouldBe("connected");

        number.AtMeta.AppDataSyncs.Select(sync => sync.SyncType).ShouldBe(["smb_app_state_sync", "history"]);
        (await number.ReadAsync()).Syncs.Select(sync => sync.RequestId).ShouldBe(number.AtMeta.AppDataSyncs.Select(sync => (string?)sync.RequestId));
        var view = await number.StatusAsync();
        (view.GetProperty("connected").GetBoolean(), view.GetProperty("coexistence").GetBoolean()).ShouldBe((true, true));

        (await number.ConnectAsync()).ShouldBe("connected");
        (await number.StepAsync("sync_history")).ShouldBe("step_not_open");
        (await number.StepAsync("register")).ShouldBe("on_business_app");
        (number.Calls(GraphOperations.SyncAppData), number.Calls(GraphOperations.Register)).ShouldBe((2, 0));
        (await number.ReadPinAsync()).ShouldBeNull();
    }

    [Theory]
    [InlineData("PENDING", "NOT_APPLICABLE", "VERIFIED")]
    [InlineData("DISCONNECTED", "NOT_APPLICABLE", "NOT_VERIFIED")]
    public async Task A_number_in_the_app_that_meta_has_not_finished_is_not_registered_either(string status, string platform, string code)
    {
        await using var number = await StartAsync(shape => (shape.Status, shape.PlatformType, shape.CodeVerificationStatus) = (status, platform, code));

        (await number.ConnectAsync()).ShouldBe("incomplete");
        (await number.StepAsync("register")).ShouldBe("on_business_app");

        (number.Calls(GraphOperations.Register), number.Calls(GraphOperations.SyncAppData)).ShouldBe((0, 0));
        (await number.OpenAsync()).ShouldBe(["sync_contacts: pending", "sync_history: pending"]);

        (number.AtMeta.Status, number.AtMeta.PlatformType) = ("CONNECTED", "CLOUD_API");
        (await number.StepAsync("sync_contacts")).ShouldBe("ok");
        (await number.OpenAsync()).ShouldBe(["sync_history: pending"]);
    }

    [Fact]
    public async Task What_meta_definitely_refused_may_be_asked_for_again_within_a_day_and_not_later()
    {
        await using var number = await StartAsync();
        number.Faults.On(GraphOperations.SyncAppData, Fault.Error(400, 80007), times: 2);

        (await number.ConnectAsync()).ShouldBe("incomplete");
        (await number.OpenAsync()).ShouldBe(["sync_contacts: meta_throttled", "sync_history: meta_throttled"]);
        (await number.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeTrue("copying from the app is a convenience");

        (await number.StepAsync("sync_contacts")).ShouldBe("ok");
        _clock.Advance(TimeSpan.FromHours(24));
        (await number.StepAsync("sync_history")).ShouldBe("sync_over");
        (await number.OpenAsync()).ShouldBe(["sync_history: sync_over"]);
        number.Calls(GraphOperations.SyncAppData).ShouldBe(3);
    }

    [Theory]
    [InlineData(403, 200, "permission_missing")]
    [InlineData(400, 80007, "meta_throttled")]
    public async Task What_meta_refused_to_copy_waits_for_the_persons_order_over_any_number_of_connects(int status, int meta, string code)
    {
        await using var number = await StartAsync();
        number.Faults.On(GraphOperations.SyncAppData, Fault.Error(status, meta), times: int.MaxValue);

        for (var connect = 1; connect <= 4; connect++)
            (await number.ConnectAsync()).ShouldBe("incomplete");

        number.Calls(GraphOperations.SyncAppData).ShouldBe(2);
        (await number.OpenAsync()).ShouldBe([$"sync_contacts: {code}", $"sync_history: {code}"]);
        number.Faults.Clear();
        (await number.StepAsync("sync_history")).ShouldBe("ok");
    }

    [Fact]
    public async Task What_was_refused_to_copy_is_no_matter_any_more_of_a_number_that_has_left_the_app()
    {
        await using var number = await StartAsync();
        number.Faults.On(GraphOperations.SyncAppData, Fault.Error(403, 200), times: int.MaxValue);
        await number.ConnectAsync();
        number.AtMeta.IsOnBizApp = false;
        ANumber.Unregistered(number.AtMeta);

        (await number.ConnectAsync()).ShouldBe("connected");

        (await number.OpenAsync()).ShouldBeEmpty();
        number.Calls(GraphOperations.Register).ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"success":true}""", "connected", "step_not_open")]
    [InlineData("""{"messaging_product":"whatsapp","success":true,"request_id":""}""", "connected", "step_not_open")]
    [InlineData("""{"success":false}""", "incomplete", "ok")]
    [InlineData("{}", "incomplete", "sync_over")]
    public async Task A_request_that_meta_takes_without_giving_it_an_id_is_taken(string answer, string outcome, string again)
    {
        await using var number = await StartAsync();
        number.Faults.On(GraphOperations.SyncAppData, Fault.WrongJson(answer), times: 2);

        (await number.ConnectAsync()).ShouldBe(outcome);

        (await number.OpenAsync()).Length.ShouldBe(outcome == "connected" ? 0 : 2);
        (await number.ConnectAsync()).ShouldBe(outcome);
        number.Calls(GraphOperations.SyncAppData).ShouldBe(2);
        (await number.StepAsync("sync_history")).ShouldBe(again);
    }

    [Fact]
    public async Task A_request_whose_end_nobody_knows_is_never_made_again()
    {
        await using var number = await StartAsync();
        var held = number.Faults.Hold(GraphOperations.SyncAppData);
        number.Faults.On(GraphOperations.SyncAppData, Fault.AfterEffect());
        var connecting = number.ConnectAsync();
        await held.Reached;
        (await number.ReadAsync()).Syncs.ShouldHaveSingleItem().RequestId.ShouldBeNull("it is recorded before it is sent");
        held.Release();

        (await connecting).ShouldBe("incomplete");
        (await number.OpenAsync()).ShouldBe(["sync_contacts: meta_unreachable"]);
        (await number.StepAsync("sync_contacts")).ShouldBe("sync_over");
        (await number.ConnectAsync()).ShouldBe("incomplete");

        (await number.OpenAsync()).ShouldBe(["sync_contacts: meta_unreachable"]);
        number.Calls(GraphOperations.SyncAppData).ShouldBe(2);
    }

    [Fact]
    public async Task A_new_signup_after_a_disconnect_asks_again()
    {
        await using var number = await StartAsync();
        await number.ConnectAsync();
        await number.Host.DisconnectAsync("acme");
        number.Host.Meta.World.RemoveAppFrom(number.AtMeta.Waba.Id);

        (await number.ConnectAsync()).ShouldBe("connected");

        number.Calls(GraphOperations.SyncAppData).ShouldBe(4);
    }

    [Fact]
    public async Task What_the_popup_says_of_the_app_keeps_from_registering_and_proves_nothing()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered, PopupConnect.Configure);
        using var api = number.Host.OpenApi("acme");
        var state = await api.StartPopupStateAsync();

        await api.PostAsync(new { code = number.Host.Meta.IssuePopupCode(), state, @event = "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING" });

        (number.Calls(GraphOperations.Register), number.Calls(GraphOperations.SyncAppData)).ShouldBe((0, 0));
        (await number.OpenAsync()).ShouldBeEmpty();
        var view = await number.StatusAsync();
        (view.GetProperty("connected").GetBoolean(), view.GetProperty("coexistence").GetBoolean()).ShouldBe((false, false));
        (await number.StepAsync("register")).ShouldBe("ok", "a person may still order it");
    }

    [Fact]
    public async Task Where_only_the_popup_says_that_a_number_is_in_the_app_meta_is_asked_before_anything_is_copied()
    {
        await using var number = await ANumber.StartAsync(ANumber.OnBusinessApp, setup =>
        {
            PopupConnect.Configure(setup);
            setup["PhoneNumberFields"] = "id,display_phone_number,status,platform_type";
        });
        using var api = number.Host.OpenApi("acme");
        var state = await api.StartPopupStateAsync();

        await api.PostAsync(new { code = number.Host.Meta.IssuePopupCode(), state, @event = "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING" });

        number.Calls(GraphOperations.ReadPhoneNumber).ShouldBe(1);
        (await number.OpenAsync()).ShouldBe(["sync_contacts: pending", "sync_history: pending"]);
        (await number.StepAsync("register")).ShouldBe("on_business_app");
        (await number.StepAsync("sync_contacts")).ShouldBe("step_not_open");
        (number.Calls(GraphOperations.Register), number.Calls(GraphOperations.SyncAppData)).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(false, "id,display_phone_number,status,platform_type")]
    [InlineData(true, null)]
    public async Task A_signup_of_the_app_on_a_waba_with_an_older_number_waits_for_the_new_one_and_is_not_taken_for_the_older(bool open, string? fields)
    {
        await using var number = await ANumber.StartAsync(open ? ANumber.Unregistered : null, setup =>
        {
            PopupConnect.Configure(setup);
            setup["NumberChoice"] = "Chosen";
            setup.Services.AddSingleton<TimeProvider>(_clock);
            if (fields is not null)
                setup["PhoneNumberFields"] = fields;
        });
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 100, 2388001));
        await number.ConnectAsync();
        string[] before = await number.OpenAsync();
        var listing = number.Faults.Hold(GraphOperations.ListPhoneNumbers, afterEffect: true);
        using var api = number.Host.OpenApi("acme");
        var state = await api.StartPopupStateAsync();

        var finishing = api.PostAsync(new { code = number.Host.Meta.IssuePopupCode(), state, wabaId = number.AtMeta.Waba.Id, @event = "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING" });
        await listing.Reached;
        var added = number.AtMeta.Waba.AddCoexistenceNumber("+1 631-555-0101", "Two");
        listing.Release();
        await _clock.SkipPausesAsync(finishing, TimeSpan.FromSeconds(5));

        (await number.OpenAsync()).ShouldBe(before);
        (await number.ReadAsync()).Syncs.ShouldBeEmpty();
        var fresh = (await number.Host.ReadAsync("acme")).Numbers.Single(one => one.PhoneNumberId.ToString() == added.Id);
        (fresh.Syncs.Count + fresh.OpenSteps.Count).ShouldBe(2, "its data is asked for or still to be asked for");
        number.Calls(GraphOperations.Register).ShouldBe(open ? 1 : 0);
    }

    [Fact]
    public async Task A_signup_of_the_app_that_is_made_again_waits_for_nothing()
    {
        await using var number = await ANumber.StartAsync(ANumber.OnBusinessApp, setup =>
        {
            PopupConnect.Configure(setup);
            setup["NumberChoice"] = "Chosen";
            setup.Services.AddSingleton<TimeProvider>(_clock);
        });
        await number.ConnectAsync();
        using var api = number.Host.OpenApi("acme");
        var state = await api.StartPopupStateAsync();

        var again = await api.PostAsync(new { code = number.Host.Meta.IssuePopupCode(), state, wabaId = number.AtMeta.Waba.Id, @event = "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING" });

        (await ApiConnect.CodeOf(again)).ShouldBe("connected");
        number.Calls(GraphOperations.ListPhoneNumbers).ShouldBe(2);
    }

    [Fact]
    public async Task There_is_nothing_to_copy_of_a_number_that_is_not_in_the_app()
    {
        await using var number = await StartAsync(shape => shape.IsOnBizApp = false);
        await number.ConnectAsync();

        (await number.StepAsync("sync_contacts")).ShouldBe("step_not_open");

        number.Calls(GraphOperations.SyncAppData).ShouldBe(0);
        (await number.StatusAsync()).GetProperty("coexistence").GetBoolean().ShouldBeFalse();
    }

    private Task<ANumber> StartAsync(Action<EmulatedNumber>? shape = null) => ANumber.StartAsync(
        made =>
        {
            ANumber.OnBusinessApp(made);
            shape?.Invoke(made);
        },
        setup => setup.Services.AddSingleton<TimeProvider>(_clock),
        new MetaEmulatorOptions { TimeProvider = _clock });
}
