using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Testing.Graph;

namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>What a visitor does on the customer's phone, and what happens to this one conversation.</summary>
internal sealed class PhoneActs(EmulatorCore core, PhoneChoice choice, IFormCollection form)
{
    public const string Path = "/phone";

    private string Text => form["text"].ToString().Trim();

    private EmulatedNumber Number => choice.Number;

    private EmulatedCustomer Customer => choice.Customer;

    /// <summary>The message that it is about.</summary>
    private TalkEntry? About => TalkEntry.Of(core.World.Talks.With(Number, Customer)).FirstOrDefault(entry => entry.Message.Id == form["of"].ToString());

    /// <summary>Does it; where to go then, or null when there is no such button, or what it is about is gone.</summary>
    public static async Task<string?> DoAsync(EmulatorCore core, IFormCollection form, CancellationToken cancellationToken)
    {
        if (PhoneChoice.Of(core.World, name => form[name].ToString()) is not { } choice || choice.Number.Id != form["number"].ToString())
            return null;
        var acts = new PhoneActs(core, choice, form);
        if (acts.Happen() is not { } happening)
            return null;
        await happening(cancellationToken).ConfigureAwait(false);
        // Who has written is known by now.
        return (PhoneChoice.Of(core.World, name => name == "as" ? choice.Customer.UserId : form[name].ToString()) ?? choice).Address;
    }

    private Func<CancellationToken, Task>? Happen() => form["do"].ToString() switch
    {
        "send" => Text.Length == 0 ? Nothing : Write(MetaMessages.Text(Number, Customer, Text, more: Context())),
        "photo" => stop => core.Webhooks.ReceiveMediaAsync(Number.Id, Customer, "image", Assets.Photo, "image/jpeg", Text.Length == 0 ? null : Text, cancellationToken: stop),
        "voice" => stop => core.Webhooks.ReceiveMediaAsync(Number.Id, Customer, "audio", Assets.Voice, "audio/ogg; codecs=opus", cancellationToken: stop),
        "place" => Write(MetaMessages.Location(Number, Customer, 52.3676, 4.9041, "Greenhouse 4", "1 Canal Street")),
        "file" => form.Files["file"] is { Length: > 0 } file ? stop => SendAsync(file, stop) : Nothing,
        "edit" => About is { } edited && edited.CanEdit(core.Now) && Text.Length > 0 ? Write(MetaMessages.Edit(Number, Customer, edited.Message.Id, Text)) : null,
        "delete" => About is { } deleted && deleted.CanDelete(core.Now) ? Write(MetaMessages.Revoke(Number, Customer, deleted.Message.Id)) : null,
        "read" => stop => core.Happenings.ReadMessagesAsync(Number.Id, Customer, stop),
        "close-window" => At(() => Number.CloseWindow(Customer)),
        "fail" => int.TryParse(form["code"], NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? At(() => Number.NextFailure = new EmulatedFailure(code) { AtOnce = form["when"] == "now" })
            : null,
        "arrive" => At(() => Number.NextFailure = null),
        "" when form.ContainsKey("react") => About is { IsSeen: true } seen
            ? Write(MetaMessages.Reaction(Number, Customer, seen.Message.Id, form["react"].ToString() is { Length: > 0 } emoji ? emoji : null))
            : null,
        "" when form.ContainsKey("tap") => About is { IsSeen: true } tapped && Tapped(tapped.Message) is { } press ? Write(press(Number, Customer)) : null,
        _ => null,
    };

    private static Task Nothing(CancellationToken cancellationToken) => Task.CompletedTask;

    private static Func<CancellationToken, Task> At(Action act) => _ =>
    {
        act();
        return Task.CompletedTask;
    };

    private Func<CancellationToken, Task> Write(WebhookChange message) => stop => core.Webhooks.ReceiveAsync(message, stop);

    private Func<EmulatedNumber, EmulatedCustomer, WebhookChange>? Tapped(EmulatedMessage message) =>
        int.TryParse(form["tap"], NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? Tap.Of(message, ContentView.TemplateOf(Number, message)).ElementAtOrDefault(place)?.Press
            : null;

    /// <summary>What the message answers: whose that was, and its id.</summary>
    private JsonObject? Context() => About is not { } answered ? null : new JsonObject
    {
        ["context"] = new JsonObject { ["from"] = answered.Message.FromBusiness ? Number.Digits : Customer.Digits, ["id"] = answered.Message.Id },
    };

    private async Task SendAsync(IFormFile file, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
        var kind = MediaTypes.KindOf(file.ContentType);
        await core.Webhooks.ReceiveMediaAsync(
            Number.Id,
            Customer,
            kind,
            content.ToArray(),
            file.ContentType is { Length: > 0 } type ? type : "application/octet-stream",
            Text.Length == 0 || kind is "audio" or "sticker" ? null : Text,
            kind == "document" ? System.IO.Path.GetFileName(file.FileName) : null,
            cancellationToken).ConfigureAwait(false);
    }
}
