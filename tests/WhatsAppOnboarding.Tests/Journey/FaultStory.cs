using System.Net;
using System.Net.Http.Json;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Journey;

/// <summary>A story in which calls can go wrong: what is there before it, the story, what repairs it, and what is true then.</summary>
internal sealed record FaultStory(string Name, Func<FaultBench, Task> ArrangeAsync, Func<FaultBench, Task> RunAsync, Func<FaultBench, FaultCell?, Task> RepairAsync, Func<FaultBench, FaultCell?, Task> CheckWholeAsync)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(10);

    public static IReadOnlyList<FaultStory> All { get; } =
    [
        new("redirect", ArrangeRedirect, bench => bench.RedirectAsync(), (bench, cell) => ConnectAgainAsync(bench, cell, bench.RedirectAsync), CheckConnectedAsync),
        new("popup", ArrangePopup, PopupAsync, (bench, cell) => ConnectAgainAsync(bench, cell, () => PopupAsync(bench)), CheckConnectedAsync),
        new("reconnect", ArrangeReconnectAsync, bench => bench.RedirectAsync(), (bench, cell) => ConnectAgainAsync(bench, cell, bench.RedirectAsync), CheckReconnectedAsync),
        new("disconnect", ArrangeDisconnectAsync, DisconnectAsync, (bench, _) => bench.LookAfterAsync(Soon, Soon), CheckDisconnectedAsync),
        new("upkeep", ArrangeUpkeepAsync, bench => bench.UpkeepAsync(), (bench, _) => bench.LookAfterAsync(Soon, TimeSpan.FromHours(7), TimeSpan.FromHours(49)), CheckLookedAfterAsync),
    ];

    /// <summary>A person's token that names nothing and soon ends; one of two numbers is to be registered.</summary>
    private static Task ArrangeRedirect(FaultBench bench)
    {
        (bench.Options.TokenKind, bench.Options.NameTargets, bench.Library.NumberChoice) = (EmulatedTokenKind.User, false, NumberChoice.All);
        bench.AddWaba(null, Unregistered);
        return Task.CompletedTask;
    }

    /// <summary>The way that most hosts take; one number stays in the WhatsApp Business app, the other is to be registered.</summary>
    private static Task ArrangePopup(FaultBench bench)
    {
        (bench.Options.TokenKind, bench.Options.NameTargets, bench.Library.NumberChoice) = (EmulatedTokenKind.SystemUser, true, NumberChoice.Chosen);
        bench.AddWaba(number => number.IsOnBizApp = true, Unregistered);
        return Task.CompletedTask;
    }

    /// <summary>Two WABAs are connected, and the only number of one is gone since.</summary>
    private static async Task ArrangeReconnectAsync(FaultBench bench)
    {
        (bench.Options.TokenKind, bench.Options.NameTargets, bench.Library.NumberChoice) = (EmulatedTokenKind.SystemUser, true, NumberChoice.All);
        bench.AddWaba([null]);
        var emptied = bench.AddWaba([null]);
        (await bench.RedirectAsync()).ShouldBe("connected");
        emptied.Numbers[0].Remove();
        bench.Clock.Sleep(TimeSpan.FromHours(1));
    }

    private static async Task ArrangeDisconnectAsync(FaultBench bench)
    {
        (bench.Options.TokenKind, bench.Options.NameTargets, bench.Library.NumberChoice) = (EmulatedTokenKind.SystemUser, true, NumberChoice.All);
        bench.AddWaba(null, null);
        bench.AddWaba([null]);
        (await bench.RedirectAsync()).ShouldBe("connected");
    }

    /// <summary>All that a round may have to do: numbers to list and to read, a token to extend, a lost subscription, a doubt, a WABA to leave, a registration that was never begun.</summary>
    private static async Task ArrangeUpkeepAsync(FaultBench bench)
    {
        (bench.Options.TokenKind, bench.Options.NameTargets, bench.Library.NumberChoice) = (EmulatedTokenKind.User, true, NumberChoice.All);
        var (main, single, left, doubted) = (bench.AddWaba(null, null), bench.AddWaba([null]), bench.AddWaba([null]), bench.AddWaba([null]));
        (await bench.RedirectAsync()).ShouldBe("connected");
        bench.Host.Meta.Faults.On(GraphOperations.UnsubscribeApp, Fault.Error(500, 2), int.MaxValue);
        (await bench.Host.DisconnectAsync(bench.Account, new DisconnectScope { WabaId = WabaId.Parse(left.Id) })).Open.Count.ShouldBe(1);
        bench.Host.Meta.Faults.Clear();
        Unregistered(main.Numbers[1]);
        single.IsAppSubscribed = false;
        bench.Tokens.Last().EndIn(TimeSpan.FromDays(10));
        var now = bench.Clock.GetUtcNow();
        await bench.Host.UseAsync<NumberAuthority, PhoneNumberWrite>(numbers => numbers.WriteAsync(bench.AccountId, read =>
        [
            Number(read, main, 1) is var number ? number.WithOpenStep(StepNames.Register, ErrorCodes.Pending, now) with { Evidence = number.Evidence with { RegisteredAt = null } } : number,
            Number(read, doubted, 0).WithNotice(new MetaNotice { Kind = MetaNotice.AccessKind, Event = "PARTNER_REMOVED", At = now, StopsSending = true }),
        ]));
        bench.Clock.Sleep(TimeSpan.FromHours(49));
    }

    private static async Task<string> PopupAsync(FaultBench bench)
    {
        using var api = bench.Host.OpenApi(bench.Account);
        var state = await api.StartPopupStateAsync();
        string[] ids = [.. bench.Wabas.Select(waba => waba.Id)];
        var answer = await api.PostAsync(new { code = bench.Host.Meta.IssuePopupCode(ids), state, @event = "FINISH", wabaIds = ids });
        answer.StatusCode.ShouldNotBe(HttpStatusCode.InternalServerError);
        return await ApiConnect.CodeOf(answer);
    }

    private static async Task DisconnectAsync(FaultBench bench)
    {
        using var api = bench.Host.OpenApi(bench.Account);
        var answer = await api.PostAsJsonAsync("/api/integrations/whatsapp/disconnect", new { }, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        string[] open = [.. (await Browser.JsonAsync(answer)).GetProperty("openSteps").EnumerateArray().Select(step => step.GetProperty("wabaId").GetString()!)];
        var read = await bench.ReadAsync();
        read.Numbers.ShouldAllBe(number => !number.IsHeld);
        foreach (var waba in bench.Wabas.Where(waba => waba.IsAppSubscribed))
            (open.Contains(waba.Id) || IsToldAsLeft(read, waba)).ShouldBeTrue("A WABA that the app could not leave was not named.");
    }

    /// <summary>The same once more. Where it went wrong for long, upkeep comes first, and leaves what is subscribed for nobody; what nobody waits for is upkeep's in any case.</summary>
    private static async Task ConnectAgainAsync(FaultBench bench, FaultCell? cell, Func<Task<string>> connectAsync)
    {
        if (cell is { Spread: not FaultSpread.Once })
        {
            await bench.LookAfterAsync(Soon);
            var held = (await bench.ReadAsync()).Numbers.Where(number => number.IsHeld).Select(number => number.WabaId.ToString()).ToHashSet();
            bench.Wabas.ShouldAllBe(waba => held.Contains(waba.Id) || !waba.IsAppSubscribed, "The app stays subscribed for nobody.");
        }

        bench.Clock.Sleep(TimeSpan.FromSeconds(1));
        (await connectAsync()).ShouldBeOneOf("connected", "incomplete");
        await bench.LookAfterAsync(Soon);
    }

    private static async Task CheckConnectedAsync(FaultBench bench, FaultCell? cell)
    {
        await CheckHeldAsync(bench, cell, [.. bench.Wabas.SelectMany(waba => waba.Numbers)]);
        (await bench.StatusAsync()).Connected.ShouldBeTrue();
    }

    private static async Task CheckReconnectedAsync(FaultBench bench, FaultCell? cell)
    {
        await CheckConnectedAsync(bench, cell);
        bench.Wabas[1].IsAppSubscribed.ShouldBeFalse("The app stays subscribed to a WABA without numbers.");
    }

    private static async Task CheckDisconnectedAsync(FaultBench bench, FaultCell? cell)
    {
        var read = await bench.ReadAsync();
        read.Numbers.ShouldAllBe(number => !number.IsHeld && number.Token == null);
        bench.Wabas.ShouldAllBe(waba => !waba.IsAppSubscribed || IsToldAsLeft(read, waba));
        (await bench.StatusAsync()).Connected.ShouldBeFalse();
    }

    private static async Task CheckLookedAfterAsync(FaultBench bench, FaultCell? cell)
    {
        var (main, single, left, doubted) = (bench.Wabas[0], bench.Wabas[1], bench.Wabas[2], bench.Wabas[3]);
        var read = await bench.ReadAsync();

        // Meta said of the one in doubt by itself that its access ended, and then refused its token.
        var isLost = cell is { Kind.IsLoss: true } && !Number(read, doubted, 0).IsHeld;
        await CheckHeldAsync(bench, cell, [.. main.Numbers, .. single.Numbers, .. isLost ? [] : doubted.Numbers]);
        var now = bench.Clock.GetUtcNow();
        (bench.Tokens.Last().ExpiresAt > now.AddDays(30)).ShouldBeTrue("No token was extended.");
        foreach (var number in read.Numbers.Where(number => number.IsHeld))
        {
            (number.TokenExpiresAt > now.AddDays(30)).ShouldBeTrue("A token that could be extended was not.");
            (number.Evidence is { IsRefused: false, ListedAt: { } listed, TokenInspectedAt: { } inspected } && listed > now.AddHours(-7) && inspected > now.AddHours(-54)).ShouldBeTrue("What is believed was not proved anew.");
            (number.Notice(MetaNotice.AccessKind) is { StopsSending: true }).ShouldBeFalse("A doubt was not settled.");
        }

        Number(read, left, 0).Token.ShouldBeNull();
        (!left.IsAppSubscribed || IsToldAsLeft(read, left)).ShouldBeTrue("The app stays subscribed to a WABA that was left.");
    }

    /// <summary>The account holds exactly these, each of them subscribed and with nothing open but what only a person may order, which then works.</summary>
    private static async Task CheckHeldAsync(FaultBench bench, FaultCell? cell, IReadOnlyCollection<EmulatedNumber> numbers)
    {
        var read = await bench.ReadAsync();
        read.Numbers.Where(number => number.IsHeld).Select(number => number.PhoneNumberId.ToString()).Order().ShouldBe(numbers.Select(number => number.Id).Order());
        numbers.ShouldAllBe(number => number.Waba.IsAppSubscribed);
        foreach (var number in numbers)
        {
            foreach (var open in read.Find(PhoneNumberId.Parse(number.Id))!.OpenSteps)
            {
                bench.Struck.ShouldContain(open.Step is StepNames.Register ? GraphOperations.Register : GraphOperations.SyncAppData, $"{open.Step} is open: {open.Code}");
                if (open.Step is StepNames.Register)
                    (await OrderAsync(bench, number, open.Step)).ShouldBeNull();
            }
        }

        bench.Attempts.ShouldAllBe(attempt => attempt.UndoAt == null && attempt.UndoToken == null);
    }

    private static async Task<string?> OrderAsync(FaultBench bench, EmulatedNumber number, string step) => (await bench.Host.UseAsync<IWhatsAppSetup, StepOutcome>(
        setup => setup.RunStepAsync(bench.AccountId, PhoneNumberId.Parse(number.Id), new StepRequest { Step = step }))).Code;

    private static bool IsToldAsLeft(AccountPhoneNumbers read, EmulatedWaba waba) =>
        read.Numbers.Any(number => number.WabaId.ToString() == waba.Id && number.Findings.Any(finding => finding.Code == Finding.StillSubscribed));

    private static PhoneNumber Number(AccountPhoneNumbers read, EmulatedWaba waba, int index) => read.Find(PhoneNumberId.Parse(waba.Numbers[index].Id))!;

    private static void Unregistered(EmulatedNumber number) => (number.Status, number.PlatformType) = ("PENDING", "NOT_APPLICABLE");
}
