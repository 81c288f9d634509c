using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using WebHost.Languages;

namespace WebHost.Accounts;

/// <summary>What is wrong with an address and a password that somebody wants, all of it at once and each with its field.</summary>
public sealed class AccountRules(UserManager<AppUser> users, IStringLocalizer<Words> words)
{
    private const string Email = "Email";
    private const string Password = "Password";

    /// <summary>True where all is right; else the reasons stand with their fields. Of a field that is wrong already nothing more is said.</summary>
    public async Task<bool> CheckAsync(AppUser user, string password, ModelStateDictionary problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var (isAddress, isPassword) = (IsRight(problems, Email), IsRight(problems, Password));
        foreach (var rule in isAddress ? users.UserValidators : [])
            Explain(await rule.ValidateAsync(users, user), problems);
        foreach (var rule in isPassword ? users.PasswordValidators : [])
            Explain(await rule.ValidateAsync(users, user, password), problems);
        return problems.IsValid;
    }

    public void Explain(IdentityResult result, ModelStateDictionary problems)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(problems);
        foreach (var code in result.Errors.Select(error => error.Code))
        {
            // The name is the address, and said once.
            if (code is not nameof(IdentityErrorDescriber.DuplicateUserName) and not nameof(IdentityErrorDescriber.InvalidUserName))
                problems.AddModelError(FieldOf(code), InWords(code));
        }
    }

    private static bool IsRight(ModelStateDictionary problems, string field) => problems.GetFieldValidationState(field) is not ModelValidationState.Invalid;

    private static string FieldOf(string code) => code switch
    {
        nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.InvalidEmail) => Email,
        nameof(IdentityErrorDescriber.PasswordTooShort) or nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars) => Password,
        _ => "",
    };

    private string InWords(string code) => code switch
    {
        nameof(IdentityErrorDescriber.DuplicateEmail) => words["There is an account with this email address already."],
        nameof(IdentityErrorDescriber.InvalidEmail) => words["Enter an email address such as name@example.com."],
        nameof(IdentityErrorDescriber.PasswordTooShort) => words["This password is too short. Use at least {0} characters.", AccountSetup.PasswordLength],
        nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars) => words["This password repeats too much. Use at least {0} different characters.", AccountSetup.DifferentCharacters],
        nameof(IdentityErrorDescriber.InvalidToken) => words["This link was used already, or its hour is over."],
        _ => words["This could not be saved. Try again."],
    };
}
