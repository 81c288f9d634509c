using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace WebHost.Pages.Operator;

/// <summary>For whoever runs the service: how far those come who begin to connect.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class FunnelModel(IWhatsAppOperator operations, TimeProvider time) : PageModel
{
    public static readonly int[] Spans = [1, 7, 30];

    /// <summary>Over how many days.</summary>
    public int Days { get; private set; }

    public FunnelGroup All { get; private set; } = null!;

    /// <summary>The other groups, each kind with its title.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<FunnelGroup> Groups)> Kinds { get; private set; } = [];

    public async Task OnGetAsync(int? days, CancellationToken cancellationToken)
    {
        Days = Spans.Contains(days ?? 0) ? days!.Value : 7;
        var funnel = await operations.GetFunnelAsync(time.GetUtcNow().AddDays(-Days), cancellationToken);
        All = funnel.Single(group => group.By == "all");
        Kinds = [("By way", Of("way")), ("By outcome", Of("outcome")), ("By language", Of("language"))];

        IReadOnlyList<FunnelGroup> Of(string by) => [.. funnel.Where(group => group.By == by)];
    }

    public static string Time(double? seconds) => seconds switch
    {
        null => "",
        < 60 => $"{seconds:0} s",
        < 5400 => $"{seconds / 60:0} min",
        _ => $"{seconds / 3600:0.#} h",
    };
}
