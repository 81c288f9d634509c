namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>A button that takes something away at Meta, or gives it back: the same call that a test makes.</summary>
/// <param name="Name">Its value in the form.</param>
/// <param name="Label">What stands on it.</param>
/// <param name="Press">What it does.</param>
internal sealed record LossButton<T>(string Name, string Label, Func<EmulatorCore, T, CancellationToken, Task> Press)
{
    public LossButton(string name, string label, Action<EmulatorCore, T> press)
        : this(name, label, (core, of, _) => Do(core, of, press))
    {
    }

    /// <summary>Whether it makes sense for this one.</summary>
    public Func<T, bool> Fits { get; init; } = _ => true;

    private static Task Do(EmulatorCore core, T of, Action<EmulatorCore, T> press)
    {
        press(core, of);
        return Task.CompletedTask;
    }
}

/// <summary>Every loss that the emulator knows, by what loses it.</summary>
internal static class LossButtons
{
    private const int Minutes = 5;
    private const int Percent = 90;
    private const string Pin = "135790";
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Soon = TimeSpan.FromHours(1);

    public static IReadOnlyList<LossButton<MetaService>> OfService { get; } =
    [
        new("down", "Down: every call is 503", (_, service) => service.GoDown()),
        new("silent", "Silent: no call is answered", (_, service) => service.GoDown(silent: true)),
        new("slow", "Slow: every call takes 5 seconds more", (_, service) => service.SlowDown(Late)),
        new("usage", "Use 90 percent of the app's limit", (_, service) => service.SetUsage(Percent)),
        new("throttle", "Throttle the app for 5 minutes", (_, service) => service.Throttle(minutes: Minutes)),
        new("recover", "Well again", (_, service) => service.Recover()),
    ];

    public static IReadOnlyList<LossButton<EmulatedWaba>> OfWaba { get; } =
    [
        new("unsubscribe", "Unsubscribe the app", (_, waba) => waba.IsAppSubscribed = false),
        new("unshare", "Unshare it", (core, waba, stop) => core.Happenings.UnshareAsync(waba.Id, stop)),
        new("share", "Share it again", (core, waba, stop) => core.Happenings.ShareAsync(waba.Id, stop)),
        new("uninstall", "Remove the app: its tokens end", (core, waba, stop) => core.Happenings.UninstallAppAsync(waba.Id, stop)),
        new("delete", "Delete it", (core, waba, stop) => core.Happenings.DeleteAccountAsync(waba.Id, stop)),
        new("offboard", "Move its Business app to another phone", (core, waba, stop) => core.Happenings.OffboardAsync(waba.Id, cancellationToken: stop)),
        new("reconnect", "The Business app is back", (core, waba, stop) => core.Happenings.ReconnectAsync(waba.Id, cancellationToken: stop)),
        new("ban", "Ban it", (core, waba, stop) => core.Happenings.DisableAsync(waba.Id, stop)),
        new("reinstate", "Reinstate it", (core, waba, stop) => core.Happenings.ReinstateAsync(waba.Id, stop)),
        new("restrict", "Restrict it: no templates", (core, waba, stop) => core.Happenings.RestrictAsync(waba.Id, cancellationToken: stop)),
        new("unrestrict", "End the restriction", (_, waba) => waba.Restriction = null),
        new("unpaid", "End the payment method", (_, waba) => waba.HasPaymentMethod = false),
        new("paid", "Payment method is back", (_, waba) => waba.HasPaymentMethod = true),
        new("usage", "Use 90 percent of its limit", (core, waba) => core.Service.SetUsage(Percent, waba.Id)),
        new("throttle", "Throttle it for 5 minutes", (core, waba) => core.Service.Throttle(waba.Id, Minutes)),
    ];

    public static IReadOnlyList<LossButton<EmulatedNumber>> OfNumber { get; } =
    [
        new("deregister", "Deregister it", (_, number) => number.Deregister()),
        new("remove", "Remove it", (core, number, stop) => core.Happenings.RemoveNumberAsync(number.Id, stop)),
        new("ban", "Ban it", (core, number, stop) => core.Happenings.BanNumberAsync(number.Id, stop)),
        new("restrict", "Restrict it", (core, number, stop) => core.Happenings.RestrictNumberAsync(number.Id, cancellationToken: stop)),
        new("flag", "Flag it", (core, number, stop) => core.Happenings.FlagNumberAsync(number.Id, stop)),
        new("unflag", "Flag it no longer", (core, number, stop) => core.Happenings.UnflagNumberAsync(number.Id, stop)),
        new("quality", "Lower its quality to RED", (_, number) => number.QualityRating = "RED"),
        new("refuse-name", "Refuse its name", (core, number, stop) => core.Happenings.RefuseNameAsync(number.Id, cancellationToken: stop)),
        new("approve-name", "Approve its name", (core, number, stop) => core.Happenings.ApproveNameAsync(number.Id, stop)),
        new("pin", $"Change its PIN to {Pin}", (core, number, stop) => core.Happenings.ChangePinAsync(number.Id, Pin, stop)),
        new("disconnect-app", "Disconnect it on the phone", (core, number, stop) => core.Happenings.DisconnectBusinessAppAsync(number.Id, cancellationToken: stop)) { Fits = number => number.IsCoexistence },
        new("lose-routing", "Route its conversations to another", (core, number, stop) => core.Happenings.LoseRoutingAsync(number.Id, stop)),
        new("lose-routing-silently", "Route them away without a word", (_, number) => (number.IsRoutedElsewhere, number.IsOnStandby) = (true, false)),
        new("regain-routing", "Route them back", (core, number, stop) => core.Happenings.RegainRoutingAsync(number.Id, stop)),
        new("recover", "All of it well again", (_, number) => number.Recover()),
    ];

    public static IReadOnlyList<LossButton<EmulatedToken>> OfToken { get; } =
    [
        new("revoke", "Revoke it", (_, token) => token.Revoke()),
        new("password", "The password was changed", (_, token) => token.Revoke(460)) { Fits = IsOfPerson },
        new("end-soon", "Let it end in an hour", (_, token) => token.EndIn(Soon)),
        new("end", "End it now", (_, token) => token.EndIn(TimeSpan.Zero)),
        new("data-access", "End its access to data", (core, token) => token.DataAccessEndsAt = core.Now) { Fits = IsOfPerson },
    ];

    private static bool IsOfPerson(EmulatedToken token) => token.Kind == EmulatedTokenKind.User;
}
