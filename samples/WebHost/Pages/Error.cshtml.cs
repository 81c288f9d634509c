using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace WebHost.Pages;

/// <summary>What a person sees when a page cannot be shown. Says nothing of the cause inside.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
[IgnoreAntiforgeryToken]
public sealed class ErrorModel : PageModel
{
    public string Heading { get; private set; } = "";

    public string Text { get; private set; } = "";

    public void OnGet(int? status) => Show(status);

    public void OnPost(int? status) => Show(status);

    private void Show(int? status) => (Heading, Text) = status switch
    {
        404 => ("There is no such page", "The address may be mistyped, or the page has moved."),
        400 => ("This page was out of date", "Go back, reload the page and try again."),
        null or >= 500 => ("Something went wrong", "It is our fault, not yours. Wait a moment, then try again."),
        _ => ("This cannot be shown", "Go back and try again."),
    };
}
