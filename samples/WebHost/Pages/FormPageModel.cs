using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace WebHost.Pages;

/// <summary>Ties what is wrong to the fields it is about, for eyes and for screen readers.</summary>
public abstract class FormPageModel : PageModel
{
    /// <summary>The fields in their order.</summary>
    protected abstract IReadOnlyList<string> Fields { get; }

    public static string ProblemId(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return (field.Length is 0 ? "form" : field.ToLowerInvariant()) + "-problem";
    }

    public string? Invalid(string field) => IsInvalid(field) ? "true" : null;

    /// <summary>Whether the page begins at this field: the first that is wrong, else the first of all.</summary>
    public bool IsFirst(string field) => field == (Fields.FirstOrDefault(IsInvalid) ?? Fields[0]);

    /// <summary>The ids for <c>aria-describedby</c>: the field's problem, if any, and what is always there.</summary>
    public string? DescribedBy(string field, string? always = null) => (IsInvalid(field), always) switch
    {
        (false, _) => always,
        (true, null) => ProblemId(field),
        _ => $"{ProblemId(field)} {always}",
    };

    private bool IsInvalid(string field) => ModelState.TryGetValue(field, out var entry) && entry.ValidationState is ModelValidationState.Invalid;
}
