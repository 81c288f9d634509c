using System.Globalization;
using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Graph;

namespace WhatsAppOnboarding.Testing.Calls;

/// <summary>How much of Meta's limits the calls of the last hour have used.</summary>
/// <remarks>
/// Per WABA 200 calls an hour, 5,000 once it has a registered number; for all else 200 for each user of the app.
/// Source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting
/// </remarks>
internal sealed class UsageBook(MetaWorld world, MetaEmulatorOptions options)
{
    private const string WholeApp = "";
    private const int New = 200;
    private const int Registered = 5_000;
    private const int PerUser = 200;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly HashSet<string> Counted =
    [
        GraphOperations.ReadWaba, GraphOperations.ListPhoneNumbers, GraphOperations.ListTemplates, GraphOperations.SubscribeApp,
        GraphOperations.ListSubscribedApps, GraphOperations.UnsubscribeApp, GraphOperations.ReadPhoneNumber,
    ];

    private static readonly HashSet<string> Messaging =
    [
        GraphOperations.SendMessage, GraphOperations.UploadMedia, GraphOperations.ReadMedia, GraphOperations.DeleteMedia,
    ];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _calls = [];
    private readonly Dictionary<string, (int Percent, DateTimeOffset? Until)> _set = [];

    public void Set(string? wabaId, int percent) => Put(wabaId, percent, until: null);

    public void Throttle(string? wabaId, int minutes) => Put(wabaId, 100, world.Now.AddMinutes(minutes));

    public void Clear()
    {
        lock (_gate)
            _set.Clear();
    }

    /// <summary>Counts a call; why it is refused, or null.</summary>
    public GraphFailure? Take(GraphRoute route)
    {
        var waba = WabaOf(route);
        lock (_gate)
        {
            var key = waba?.Id ?? WholeApp;
            if (waba is null || Counted.Contains(route.Operation))
                Recent(key).Enqueue(world.Now);
            if (IsThrottled(WholeApp) || (waba is null && IsOver(WholeApp, PerUser * world.Grants.Users)))
                return new GraphFailure(400, 4, "(#4) Application request limit reached");
            var isOver = waba is not null && Counted.Contains(route.Operation) && IsOver(key, LimitOf(waba));
            return waba is null || !(IsThrottled(key) || isOver) ? null
                : Messaging.Contains(route.Operation) ? new GraphFailure(400, 80007, "(#80007) Rate limit issues")
                : new GraphFailure(400, 80008, "(#80008) There have been too many calls to this WhatsApp Business account. Wait a bit and try again.");
        }
    }

    /// <summary>The headers that an answer carries.</summary>
    public IEnumerable<(string Name, string Value)> Headers(GraphRoute route)
    {
        if (!options.SendUsageHeaders)
            return [];
        lock (_gate)
        {
            var app = Usage(PercentOf(WholeApp, PerUser * world.Grants.Users));
            if (WabaOf(route) is not { } waba)
                return [("X-App-Usage", app.ToJsonString())];
            var own = Usage(PercentOf(waba.Id, LimitOf(waba)));
            own["type"] = "whatsapp_business_management";
            own["estimated_time_to_regain_access"] = MinutesOf(waba);
            return [("X-App-Usage", app.ToJsonString()), ("X-Business-Use-Case-Usage", new JsonObject { [waba.Id] = new JsonArray(own) }.ToJsonString())];
        }
    }

    /// <summary>What was set for a WABA, or for null for the app, in words; null when nothing was.</summary>
    public string? Told(string? wabaId)
    {
        lock (_gate)
        {
            return SetFor(wabaId ?? WholeApp) switch
            {
                null => null,
                { Until: { } until } => string.Create(CultureInfo.InvariantCulture, $"Throttled for {Minutes(until)} more minutes."),
                { Percent: var percent } => string.Create(CultureInfo.InvariantCulture, $"Says that {percent} percent of the limit is used."),
            };
        }
    }

    private void Put(string? wabaId, int percent, DateTimeOffset? until)
    {
        var key = wabaId is null ? WholeApp : world.RequireWaba(wabaId).Id;
        lock (_gate)
            _set[key] = (percent, until);
    }

    private EmulatedWaba? WabaOf(GraphRoute route) =>
        world.FindWaba(route.NodeId) ?? (world.FindNumber(route.NodeId) ?? world.Media.Find(route.NodeId)?.Number)?.Waba;

    private static int LimitOf(EmulatedWaba waba) => waba.HasRegisteredNumber ? Registered : New;

    private bool IsThrottled(string key) => SetFor(key) is { Until: not null };

    private bool IsOver(string key, int limit) => options.EnforceRateLimits && Recent(key).Count > limit;

    private int PercentOf(string key, int limit) => SetFor(key)?.Percent ?? (int)(100L * Recent(key).Count / limit);

    /// <summary>Minutes until a call is served again; 0 while calls are served.</summary>
    private int MinutesOf(EmulatedWaba waba)
    {
        if (SetFor(waba.Id) is { Until: { } until })
            return Minutes(until);
        var limit = LimitOf(waba);
        return IsOver(waba.Id, limit) ? Minutes(Recent(waba.Id).ElementAt(Recent(waba.Id).Count - limit) + Hour) : 0;
    }

    private int Minutes(DateTimeOffset until) => (int)Math.Ceiling((until - world.Now).TotalMinutes);

    private (int Percent, DateTimeOffset? Until)? SetFor(string key)
    {
        if (!_set.TryGetValue(key, out var set))
            return null;
        if (set.Until is null || world.Now < set.Until)
            return set;
        _set.Remove(key);
        return null;
    }

    private Queue<DateTimeOffset> Recent(string key)
    {
        if (!_calls.TryGetValue(key, out var calls))
            _calls.Add(key, calls = new());
        while (calls.TryPeek(out var first) && first + Hour <= world.Now)
            calls.Dequeue();
        return calls;
    }

    private static JsonObject Usage(int percent) => new() { ["call_count"] = percent, ["total_cputime"] = percent, ["total_time"] = percent };
}
