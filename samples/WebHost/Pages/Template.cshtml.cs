using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using WebHost.Accounts;
using WebHost.Chat;
using WebHost.Languages;

namespace WebHost.Pages;

/// <summary>Chooses, fills and sends a template: to a customer whose last message is too long ago, or to somebody new. It works without script.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
[RequestSizeLimit(FileLimits.Largest + (64 * 1024))]
[RequestFormLimits(MultipartBodyLengthLimit = FileLimits.Largest + (64 * 1024))]
public sealed class TemplateModel(IWhatsAppAccounts accounts, ChatHistory history, TemplateList list, ChatSender sender, SentFiles files, IStringLocalizer<Words> words) : PageModel
{
    private const int MaxValue = 1024;

    [BindProperty(SupportsGet = true)]
    public string? Number { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Contact { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Template { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    public NumbersView Numbers { get; private set; } = null!;

    /// <summary>Who it goes to; null where somebody new is written to.</summary>
    public Chat.Thread? Thread { get; private set; }

    public IReadOnlyList<TemplateCard> Cards { get; private set; } = [];

    public TemplateCard? Chosen { get; private set; }

    public string? Problem { get; private set; }

    /// <summary>Which field the problem is about.</summary>
    public string? Wrong { get; private set; }

    public string Back => Thread is null ? "/dashboard" : $"/dashboard?number={Thread.Number}&contact={Thread.Contact}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await ReadAsync(cancellationToken) ? Page() : Redirect("/dashboard");

    public async Task<IActionResult> OnPostAsync(Guid key, CancellationToken cancellationToken)
    {
        if (!await ReadAsync(cancellationToken) || Chosen is not { } card)
            return Redirect("/dashboard");
        var values = new List<TemplateValue>();
        foreach (var field in card.Fields)
        {
            if (await ValueAsync(field, cancellationToken) is not { } value)
                return Page();
            values.Add(value);
        }

        var request = new SendRequest(Number, Contact, To, card.Fill(values), key) { Template = new(card.Name, card.Language, values) };
        var outcome = await sender.SendAsync(User.AccountId(), request, cancellationToken);
        if (outcome.Message is { } sent)
            return Redirect($"/dashboard?number={sent.Number}&contact={sent.Contact}");
        (Problem, Wrong) = (outcome.Problem, outcome.Field);
        return Page();
    }

    /// <summary>What was typed for a place, so that it stands there again.</summary>
    public string Typed(TemplateField field) => Request.HasFormContentType ? Request.Form[field?.Key ?? ""].ToString() : "";

    public string LabelOf(TemplateField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field switch
        {
            { Media: MessageKind.Image } => words["Picture at the top"],
            { Media: MessageKind.Video } => words["Film at the top"],
            { Media: MessageKind.Document } => words["Document at the top"],
            { Part: TemplatePart.Link } => words["Ending of the link “{0}”", field.Example ?? ""],
            { Part: TemplatePart.Coupon } => words["Code that “{0}” copies", field.Example ?? ""],
            { Name: { } name } => name.Replace('_', ' '),
            { Part: TemplatePart.Header } => words["Text at the top"],
            _ => words["Text for {0}", field.Placeholder],
        };
    }

    private async Task<TemplateValue?> ValueAsync(TemplateField field, CancellationToken cancellationToken)
    {
        Wrong = field.Key;
        if (field.Media is { } kind)
        {
            if (Request.Form.Files[field.Key] is not { Length: > 0 } file)
            {
                Problem = $"{words["Choose a file for “{0}”.", LabelOf(field)]} {FileLimits.InWords(words)}";
                return null;
            }

            await using var content = file.OpenReadStream();
            var (sent, problem) = await files.UploadAsync(User.AccountId(), Number, file.FileName, isVoice: false, content, cancellationToken);
            Problem = problem ?? (sent!.Kind == kind ? null : words["“{0}” takes another kind of file.", LabelOf(field)].Value);
            return Problem is null ? new(field, sent!.MediaId) : null;
        }

        // Meta refuses breaks and long gaps in what fills a template.
        var text = string.Join(' ', Typed(field).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Problem = text.Length switch
        {
            0 => words["Fill in “{0}”.", LabelOf(field)].Value,
            > MaxValue => words["“{0}” has at most {1} characters.", LabelOf(field), MaxValue].Value,
            _ => null,
        };
        return Problem is null ? new(field, text) : null;
    }

    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var account = User.AccountId();
        Numbers = new NumbersView(await accounts.GetStatusAsync(account, cancellationToken), DateTimeOffset.UtcNow, words);
        if (!string.IsNullOrEmpty(Contact))
        {
            Thread = await history.ThreadAsync(account, Number ?? "", Contact, before: null, cancellationToken);
            if (Thread is not { CanReply: true })
                return false;
        }

        Number ??= Numbers.Beginnable.Count > 0 ? Numbers.Beginnable[0].PhoneNumberId : null;
        if (Numbers.Beginnable.FirstOrDefault(number => number.PhoneNumberId == Number) is null || !PhoneNumberId.TryParse(Number, out var from))
            return false;
        (Cards, Problem) = await list.ReadAsync(account, from, cancellationToken);
        Chosen = Cards.FirstOrDefault(card => card.Key == Template);
        return true;
    }
}
