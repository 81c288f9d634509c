using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace WebHost.Pages.Operator;

/// <summary>For whoever runs the service: what is wrong with it, looked at anew each time the page is opened.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class DoctorModel(IWhatsAppOperator operations) : PageModel
{
    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Findings = await operations.ExamineAsync(cancellationToken);
}
