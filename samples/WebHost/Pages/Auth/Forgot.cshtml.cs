using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using WebHost.Accounts.Recovery;
using WebHost.Languages;

namespace WebHost.Pages.Auth;

[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ForgotModel(RecoveryPost post, Mailer mailer, IStringLocalizer<Words> words, IOptions<WhatsAppOnboardingOptions> options) : FormPageModel
{
    [BindProperty]
    [Required(ErrorMessage = "Enter your email address.")]
    [EmailAddress(ErrorMessage = "Enter an email address such as name@example.com.")]
    [StringLength(254, ErrorMessage = "An email address has at most {1} characters.")]
    public string Email { get; set; } = "";

    public bool CanSend => mailer.IsSet;

    public bool IsAsked { get; private set; }

    protected override IReadOnlyList<string> Fields { get; } = [nameof(Email)];

    public void OnGet()
    {
    }

    public void OnPost()
    {
        if (!CanSend || !ModelState.IsValid)
            return;
        // Which hosts a request may name is settled by AllowedHosts.
        var origin = options.Value.PublicOrigin?.TrimEnd('/') ?? $"{Request.Scheme}://{Request.Host}";
        IsAsked = post.Ask(Email.Trim(), origin, HttpContext.Connection.RemoteIpAddress?.ToString());
        if (!IsAsked)
            ModelState.AddModelError("", words["Too many links were asked for from here. Wait an hour, then try again."]);
    }
}
