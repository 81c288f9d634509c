using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace WebHost.Pages;

/// <summary>Ties what is wrong to the fields it is about, for eyes and for screen readers.</summary>
public abstract class FormPageModel : PageModel
{
    public static string ProblemId(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.ToLowerInvariant() + "-problem";
    }

    public string? ProblemOf(string field) =>
        ModelState.TryGetValue(field, out var entry) && entry.ValidationState is ModelValidationState.Invalid
            ? entry.Errors.Select(error => error.ErrorMessage).FirstOrDefault()
            : null;

    public string? Invalid(string field) => ProblemOf(field) is null ? null : "true";

    /// <summary>The ids for <c>aria-describedby</c>: the field's problem, if any, and what is always there.</summary>
    public string? DescribedBy(string field, string? always = null) => (ProblemOf(field), always) switch
    {
        (null, _) => always,
        (_, null) => ProblemId(field),
        _ => $"{ProblemId(field)} {always}",
    };
}
