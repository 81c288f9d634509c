using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using WebHost.Accounts;
using WebHost.Languages;

namespace WebHost.Pages.Auth;

public sealed class LoginModel(UserManager<AppUser> users, SignInManager<AppUser> signIn, WhatsAppWords library, IStringLocalizer<Words> words) : FormPageModel
{
    private static readonly AppUser Nobody = new();
    private static readonly string NobodysHash = new PasswordHasher<AppUser>().HashPassword(Nobody, Guid.NewGuid().ToString());

    [BindProperty]
    [Required(ErrorMessage = "Enter your email address.")]
    public string Email { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "Enter your password.")]
    [StringLength(128, ErrorMessage = "A password has at most {1} characters.")]
    public string Password { get; set; } = "";

    [BindProperty]
    public bool Remember { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Set by a page whose sign-in ended while it was open.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Ended { get; set; }

    /// <summary>Set by the page on which a password was changed.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Changed { get; set; }

    /// <summary>Why somebody is here who did not ask for it.</summary>
    public string? Note => this switch
    {
        { Ended: true } => words["Your sign-in has ended. What you were writing is kept: sign in again to go on."],
        { Changed: true } => words["Your password is changed. Sign in with the new one."],
        _ when ReturnUrl?.EndsWith("?error=" + ErrorCodes.SignedOut, StringComparison.Ordinal) is true => $"{library.Error(ErrorCodes.SignedOut).Message} {library.Error(ErrorCodes.SignedOut).Action}",
        _ => null,
    };

    protected override IReadOnlyList<string> Fields { get; } = [nameof(Email), nameof(Password)];

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? Onwards() : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
            return Page();
        if (await MaySignInAsync() is { } user)
        {
            await signIn.SignInAsync(user, Remember);
            return Onwards();
        }

        // One answer for an unknown address, a wrong password and a locked account: it must not tell who has an account here.
        ModelState.AddModelError("", words["Email and password do not match. After five wrong tries an account is locked for five minutes."]);
        return Page();
    }

    private async Task<AppUser?> MaySignInAsync()
    {
        var user = await users.FindByEmailAsync(Email.Trim());
        if (user is null)
        {
            // Takes as long as a real check.
            users.PasswordHasher.VerifyHashedPassword(Nobody, NobodysHash, Password);
            return null;
        }

        var result = await signIn.CheckPasswordSignInAsync(user, Password, lockoutOnFailure: true);
        return result.Succeeded ? user : null;
    }

    private RedirectResult Onwards() => Redirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/dashboard");
}
