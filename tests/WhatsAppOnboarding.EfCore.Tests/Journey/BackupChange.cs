using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.EfCore.Tests.Journey;

/// <summary>Something that happens to an account after a backup was taken.</summary>
/// <param name="Account">The account, named for what happens to it.</param>
/// <param name="Before">How it stood when the backup was taken.</param>
/// <param name="After">What the backup does not know.</param>
/// <param name="Sending">Why there is no token to send with, after the restore and the proof; null when there is one.</param>
/// <param name="Receives">Whether what customers write reaches it then.</param>
internal sealed record BackupChange(string Account, Func<RestoredSaas, string, Task> Before, Func<RestoredSaas, string, Task> After, string? Sending, bool Receives)
{
    /// <summary>What else is so then.</summary>
    public Action<RestoredSaas, string, IReadOnlyList<PhoneNumber>> Check { get; init; } = (_, _, _) => { };

    public static IReadOnlyList<BackupChange> All { get; } =
    [
        new("well", ConnectAsync, NothingAsync, null, true),
        new("disconnected", ConnectAsync, (saas, account) => saas.Host.DisconnectAsync(account), "not_connected", false) { Check = Is(DisconnectReasons.NotSubscribedAfterRestore) },
        new("deregistered", ConnectAsync, (saas, account) => saas.Host.DisconnectAsync(account, new DisconnectScope { Deregister = true }), "not_connected", false),
        new("erased", ConnectAsync, (saas, account) => saas.Host.UseAsync<IWhatsAppAccounts, DisconnectResult>(accounts => accounts.EraseAsync(AccountId.Parse(account))), "not_connected", false),
        new("reconnected", ConnectAsync, ConnectAsync, null, true),
        new("renewed", ConnectAsync, async (saas, account) =>
        {
            var old = TokenOf(saas, saas.Of(account));
            await saas.ConnectAsync(account);
            old.Revoke();
        }, "token_invalid", false),
        new("again", ConnectAsync, async (saas, account) =>
        {
            await saas.Host.DisconnectAsync(account);
            await saas.ConnectAsync(account);
        }, null, true),
        new("revoked", ConnectAsync, AtMeta((saas, waba) => TokenOf(saas, waba).Revoke()), "token_invalid", false),
        new("ended", ConnectAsync, AtMeta((saas, waba) => TokenOf(saas, waba).EndIn(TimeSpan.Zero)), "token_invalid", false),
        new("uninstalled", ConnectAsync, AtMeta((saas, waba) => saas.Meta.World.RemoveAppFrom(waba.Id)), "token_invalid", false),
        new("unsubscribed", ConnectAsync, AtMeta((_, waba) => waba.IsAppSubscribed = false), "not_connected", false),
        new("moved", (saas, account) => saas.ConnectAsync(account, saas.Of(account), saas.Of("moved-to")), AtMeta((saas, waba) =>
        {
            var number = waba.Numbers[0];
            number.Remove();
            saas.Of("moved-to").AddNumber(number.DisplayPhoneNumber, number.VerifiedName, number.Id);
        }), "unproved_since_restore", false),
        new("removed", (saas, account) => saas.ConnectAsync(account), AtMeta((_, waba) =>
        {
            waba.AddNumber("+1 631-556-0001", "Another");
            waba.Numbers[0].Remove();
        }), "not_connected", false) { Check = Is(DisconnectReasons.GoneAtMeta) },
        new("banned", ConnectAsync, AtMeta((_, waba) => waba.Numbers[0].Status = "BANNED"), null, true) { Check = Stands(number => number.Status.ToString(), "BANNED") },
        new("unregistered", ConnectAsync, AtMeta((_, waba) => waba.Numbers[0].Deregister()), null, true) { Check = Stands(number => number.PlatformType.ToString(), "NOT_APPLICABLE") },
        new("pinned", async (saas, account) =>
        {
            saas.Of(account).Numbers[0].Deregister();
            saas.Of(account).Numbers[0].TwoStepPin = "135790";
            await saas.ConnectAsync(account);
        }, async (saas, account) =>
        {
            var number = PhoneNumberId.Parse(saas.Of(account).Numbers[0].Id);
            var step = new StepRequest { Step = StepNames.Register, Pin = TwoStepPin.Parse("135790") };
            (await saas.Host.UseAsync<IWhatsAppSetup, StepOutcome>(setup => setup.RunStepAsync(AccountId.Parse(account), number, step))).Succeeded.ShouldBeTrue();
        }, null, true) { Check = Stands(number => number.OpenSteps.Count, 0) },
        new("disabled", ConnectAsync, AtMeta((_, waba) => waba.IsDisabled = true), null, true),
        new("shared", ConnectAsync, (saas, account) => saas.ConnectAsync("sharer", saas.Of(account)), null, true) { Check = (saas, _, _) => saas.Host.Events.TextsOf("sharer").ShouldBeEmpty() },
        new("added", ConnectAsync, async (saas, account) =>
        {
            saas.Of(account).AddNumber("+1 631-556-0002", "Two");
            await saas.ConnectAsync(account);
        }, null, true) { Check = Stands(number => number.ConnectSequence, 1) },
        new("newcomer", NothingAsync, ConnectAsync, "not_connected", false) { Check = StaysSubscribed },
        new("leaving", async (saas, account) =>
        {
            await saas.ConnectAsync(account);
            saas.Meta.Service.GoDown();
            await saas.Host.DisconnectAsync(account, new DisconnectScope { Deregister = true });
            saas.Meta.Service.Recover();
        }, ConnectAsync, "not_connected", false) { Check = StaysSubscribed },
        new("dying", (saas, account) => saas.DieAsync(account), ConnectAsync, "not_connected", false) { Check = StaysSubscribed },
    ];

    private static Task<EmulatedToken> ConnectAsync(RestoredSaas saas, string account) => saas.ConnectAsync(account);

    private static Task NothingAsync(RestoredSaas saas, string account) => Task.CompletedTask;

    private static Func<RestoredSaas, string, Task> AtMeta(Action<RestoredSaas, EmulatedWaba> change) => (saas, account) =>
    {
        change(saas, saas.Of(account));
        return Task.CompletedTask;
    };

    /// <summary>The last one that was issued for it.</summary>
    private static EmulatedToken TokenOf(RestoredSaas saas, EmulatedWaba waba) => saas.Meta.World.IssuedTokens.Last(token => token.WabaIds.Contains(waba.Id));

    private static Action<RestoredSaas, string, IReadOnlyList<PhoneNumber>> Is(string reason) => (_, account, numbers) => numbers[0].DisconnectReason.ShouldBe(reason, account);

    private static Action<RestoredSaas, string, IReadOnlyList<PhoneNumber>> Stands<T>(Func<PhoneNumber, T> read, T expected) =>
        (_, account, numbers) => read(numbers.ShouldHaveSingleItem(account)).ShouldBe(expected, account);

    private static void StaysSubscribed(RestoredSaas saas, string account, IReadOnlyList<PhoneNumber> numbers) =>
        (saas.Of(account).IsAppSubscribed, numbers.All(number => number.Token is null)).ShouldBe((true, true), account);
}
