using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using WebHost.Accounts.Recovery;
using WebHost.Data;
using WebHost.Operator;

namespace WebHost.Accounts;

public static class AccountSetup
{
    public const int PasswordLength = 8;
    public const int DifferentCharacters = 4;

    /// <summary>Sign-up and sign-in.</summary>
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        builder.Services.AddAuthorization(rules => rules.AddPolicy(Operators.Policy, rule => rule.RequireClaim(Operators.Policy)));
        builder.Services.AddIdentityCore<AppUser>(SetRules)
            .AddSignInManager()
            .AddEntityFrameworkStores<AppDbContext>()
            .AddDefaultTokenProviders()
            .AddClaimsPrincipalFactory<AccountClaims>();
        builder.Services.AddScoped<AccountDeletion>();
        builder.Services.AddScoped<AccountRules>();
        builder.Services.AddScoped<AuditList>();
        builder.Services.AddScoped<Operators>();
        builder.AddRecovery();

        var https = builder.Configuration["WhatsAppOnboarding:PublicOrigin"]?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true;
        builder.Services.ConfigureApplicationCookie(cookie => SetCookie(cookie, https));
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "webhost.antiforgery";
            antiforgery.Cookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        });

        // How long a sign-in outlives a deleted account or a changed password.
        builder.Services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = TimeSpan.FromSeconds(10));
    }

    private static void SetRules(IdentityOptions options)
    {
        // Length does more than rules about kinds of characters, and can be told in one sentence.
        options.Password.RequiredLength = PasswordLength;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Password.RequiredUniqueChars = DifferentCharacters;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        options.User.RequireUniqueEmail = true;
        // The user name is the email address, and addresses have more characters than Identity allows in names.
        options.User.AllowedUserNameCharacters = "";
    }

    private static void SetCookie(CookieAuthenticationOptions cookie, bool https)
    {
        cookie.Cookie.Name = "webhost.auth";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.LoginPath = "/auth/login";
        // Who is signed in is sent on from the login to where they came from, which would never end.
        cookie.AccessDeniedPath = "/dashboard";
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        cookie.Events.OnSigningIn = SignInSession.Begin;
        cookie.Events.OnRedirectToLogin = Stay(cookie.Events.OnRedirectToLogin);
        cookie.Events.OnRedirectToAccessDenied = Stay(cookie.Events.OnRedirectToAccessDenied);
    }

    /// <summary>To a path of this origin and not to an address: a Host header that somebody else chose leads nobody away.</summary>
    private static Func<RedirectContext<CookieAuthenticationOptions>, Task> Stay(Func<RedirectContext<CookieAuthenticationOptions>, Task> redirect) => context =>
    {
        context.RedirectUri = new Uri(context.RedirectUri).PathAndQuery;
        return redirect(context);
    };
}
