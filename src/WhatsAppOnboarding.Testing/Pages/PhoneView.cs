using System.Globalization;

namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>The phone on which a visitor is the customer.</summary>
internal static class PhoneView
{
    private const int Shown = 100;

    /// <param name="core">The emulator.</param>
    /// <param name="choice">Whose phone it is.</param>
    /// <param name="reply">The message that is answered; empty for none.</param>
    /// <param name="edit">The message that is written anew; empty for none.</param>
    public static Markup Render(EmulatorCore core, PhoneChoice choice, string reply, string edit)
    {
        var entries = TalkEntry.Of(core.World.Talks.With(choice.Number, choice.Customer));
        return $"""
            <section class="phone" aria-labelledby="phone-title">
            <h2 id="phone-title">{choice.Number.VerifiedName} <span class="number">{choice.Number.DisplayPhoneNumber}</span></h2>
            <div class="log" role="log" tabindex="0" aria-labelledby="phone-title"><ol id="log" data-entries>
            {Entries(core, choice, entries)}
            </ol></div>
            <div id="unread" data-part>{Unread(choice, entries)}</div>
            <div id="write" data-part="kept">{Composer(choice, entries.FirstOrDefault(entry => entry.Message.Id == reply), entries.FirstOrDefault(entry => entry.Message.Id == edit && entry.CanEdit(core.Now)))}</div>
            </section>

            """;
    }

    public static Markup Hidden(PhoneChoice choice, EmulatedMessage? of = null) => $"""
        {choice.Fields.Select(field => Hidden(field.Name, field.Value))}{(of is null ? null : Hidden("of", of.Id))}
        """;

    private static Markup Hidden(string name, string value) => $"""<input type="hidden" name="{name}" value="{value}">""";

    private static IEnumerable<Markup> Entries(EmulatorCore core, PhoneChoice choice, IReadOnlyList<TalkEntry> entries)
    {
        var deliveries = core.Webhooks.Deliveries.ToLookup(delivery => delivery.MessageId);
        return entries.TakeLast(Shown).Select(entry => BubbleView.Render(
            core,
            choice,
            entry,
            entry.Message.ReplyTo is { } original ? entries.FirstOrDefault(one => one.Message.Id == original) : null,
            deliveries[entry.Message.Id].LastOrDefault()));
    }

    private static Markup Unread(PhoneChoice choice, IReadOnlyList<TalkEntry> entries)
    {
        var unread = entries.Count(entry => entry.Message is { FromBusiness: true, ReadAt: null, FailureCode: null });
        return unread == 0 ? Markup.Empty : (Markup)$"""
            <form method="post" action="{PhoneActs.Path}" class="unread">{Hidden(choice)}
            <p>{unread.ToString(CultureInfo.InvariantCulture)} not read yet</p><button class="quiet" id="do-read" name="do" value="read">Read: blue ticks</button>
            </form>
            """;
    }

    private static Markup Composer(PhoneChoice choice, TalkEntry? answered, TalkEntry? edited) => $"""
        <form method="post" action="{PhoneActs.Path}" enctype="multipart/form-data" class="composer">{Hidden(choice, (edited ?? answered)?.Message)}
        {((edited ?? answered) is { } about ? About(choice, about, edited is null ? "Answering" : "Writing anew") : null)}
        <label class="line" for="text">Message</label>
        <input id="text" name="text" maxlength="4096" autocomplete="off" value="{edited?.Text}">
        <button id="do-send" name="do" value="{(edited is null ? "send" : "edit")}">{(edited is null ? "Send" : "Save")}</button>
        {(edited is null ? Extras() : null)}
        </form>
        """;

    private static Markup About(PhoneChoice choice, TalkEntry about, string what) => $"""
        <p class="about">{what}: “{about.Line}” <a href="{choice.Address}#write">Cancel</a></p>
        """;

    private static Markup Extras() => $"""
        <div class="extras">
        <button class="quiet" id="do-photo" name="do" value="photo">Photo</button>
        <button class="quiet" id="do-voice" name="do" value="voice">Voice message</button>
        <button class="quiet" id="do-place" name="do" value="place">Place</button>
        <details><summary>A file of your own</summary>
        <label>File <input type="file" name="file"></label>
        <button class="quiet" id="do-file" name="do" value="file">Send the file</button>
        </details>
        </div>
        """;
}
