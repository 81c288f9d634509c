using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using WebHost.Accounts;
using WebHost.Operator;

namespace WebHost.Pages.Auth;

public sealed class SignupModel(UserManager<AppUser> users, SignInManager<AppUser> signIn, AccountRules rules, Operators operators) : FormPageModel
{
    [BindProperty]
    [Required(ErrorMessage = "Enter your email address.")]
    [EmailAddress(ErrorMessage = "Enter an email address such as name@example.com.")]
    [StringLength(254, ErrorMessage = "An email address has at most {1} characters.")]
    public string Email { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "Choose a password.")]
    [StringLength(128, ErrorMessage = "A password has at most {1} characters.")]
    public string Password { get; set; } = "";

    /// <summary>Whether the way on is to sign in.</summary>
    public bool EmailTaken { get; private set; }

    protected override IReadOnlyList<string> Fields { get; } = [nameof(Email), nameof(Password)];

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? Redirect("/dashboard") : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        // What is missing is bound as nothing at all.
        var user = new AppUser { UserName = Email?.Trim(), Email = Email?.Trim() };
        if (await rules.CheckAsync(user, Password ?? "", ModelState))
        {
            var created = await users.CreateAsync(user, Password!);
            if (created.Succeeded)
            {
                await operators.WelcomeAsync(user);
                await signIn.SignInAsync(user, isPersistent: false);
                return Redirect("/onboarding/whatsapp");
            }

            rules.Explain(created, ModelState);
        }

        EmailTaken = user.Email is { Length: > 0 } email && await users.FindByEmailAsync(email) is not null;
        return Page();
    }
}
