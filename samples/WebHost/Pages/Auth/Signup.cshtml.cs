using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using WebHost.Accounts;
using WebHost.Operator;

namespace WebHost.Pages.Auth;

public sealed class SignupModel(UserManager<AppUser> users, SignInManager<AppUser> signIn, Operators operators) : FormPageModel
{
    [BindProperty]
    [Required(ErrorMessage = "Enter your email address.")]
    [EmailAddress(ErrorMessage = "Enter an email address such as name@example.com.")]
    [StringLength(254, ErrorMessage = "An email address has at most 254 characters.")]
    public string Email { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "Choose a password.")]
    [StringLength(128, ErrorMessage = "A password has at most 128 characters.")]
    public string Password { get; set; } = "";

    /// <summary>Whether the way on is to sign in.</summary>
    public bool EmailTaken { get; private set; }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? Redirect("/dashboard") : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
            return Page();

        var user = new AppUser { UserName = Email.Trim(), Email = Email.Trim() };
        var created = await users.CreateAsync(user, Password);
        if (created.Succeeded)
        {
            await operators.WelcomeAsync(user);
            await signIn.SignInAsync(user, isPersistent: false);
            return Redirect("/onboarding/whatsapp");
        }

        foreach (var error in created.Errors)
            Explain(error.Code);
        return Page();
    }

    private void Explain(string code)
    {
        switch (code)
        {
            // Both are the same address here.
            case nameof(IdentityErrorDescriber.DuplicateUserName):
                break;
            case nameof(IdentityErrorDescriber.DuplicateEmail):
                EmailTaken = true;
                ModelState.AddModelError(nameof(Email), "There is an account with this email address already.");
                break;
            case nameof(IdentityErrorDescriber.PasswordTooShort):
                ModelState.AddModelError(nameof(Password), $"This password is too short. Use at least {AccountSetup.PasswordLength} characters.");
                break;
            case nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars):
                ModelState.AddModelError(nameof(Password), "This password repeats too much. Use at least 4 different characters.");
                break;
            default:
                ModelState.AddModelError("", "The account could not be created. Check the email address and try again.");
                break;
        }
    }
}
