using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using WebHost.Languages;

namespace WebHost.Pages;

/// <summary>What a person sees when a page cannot be shown. Says nothing of the cause inside.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
[IgnoreAntiforgeryToken]
public sealed class ErrorModel(IStringLocalizer<Words> words) : PageModel
{
    public string Heading { get; private set; } = "";

    public string Text { get; private set; } = "";

    public void OnGet(int? status) => Show(status);

    public void OnPost(int? status) => Show(status);

    private void Show(int? status) => (Heading, Text) = status switch
    {
        404 => (words["There is no such page"], words["The address may be mistyped, or the page has moved."]),
        400 => (words["This page was out of date"], words["Go back, reload the page and try again."]),
        null or >= 500 => (words["Something went wrong"], words["The fault is here, not with you. Wait a moment, then try again."]),
        _ => (words["This cannot be shown"], words["Go back and try again."]),
    };
}
