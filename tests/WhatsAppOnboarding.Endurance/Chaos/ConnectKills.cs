using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.Endurance.Framework;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>
/// Accounts connect a number that is registered nowhere, some at once, and the host is killed on the way: every other time when all are at one of the calls around the
/// save, else at random. In the end a host whose clock is past every limit says how each attempt ended, and what is open is finished as a page does it.
/// </summary>
internal sealed class ConnectKills(string database)
{
    private const string Api = "/api/integrations/whatsapp/";

    /// <summary>Later than any attempt and any step may last.</summary>
    private const string MinutesAhead = "4";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly (string Operation, bool After)[] Points =
    [
        (GraphOperations.Register, false), (GraphOperations.Register, true), (GraphOperations.SubscribeApp, true), (GraphOperations.ListPhoneNumbers, true),
    ];

    public int Saved { get; private set; }

    public int Registered { get; private set; }

    public int Open { get; private set; }

    /// <summary>Open registrations that one press finished.</summary>
    public int Finished { get; private set; }

    /// <summary>Attempts or statuses that say connected of a number that is not registered.</summary>
    public int Lies { get; private set; }

    public Dictionary<string, int> Ends { get; } = [];

    public List<string> Problems { get; } = [];

    /// <param name="kills">How often the host is killed.</param>
    /// <param name="atOnce">How many connects each kill hits.</param>
    public async Task RunAsync(int kills, int atOnce)
    {
        var keys = Directory.CreateTempSubdirectory("whatsapp-keys-");
        await using var meta = await MetaEmulator.StartAsync();
        await using (var context = NewContext())
            await context.Database.EnsureCreatedAsync();
        string[] command = [ConnectHost.Command, database, meta.Address.ToString(), meta.AppId, meta.AppSecret, keys.FullName];

        var attempts = new List<Attempt>();
        using (var host = new HostProcess([.. command, "0", "1"]))
        {
            await host.StartAsync();
            var started = Stopwatch.GetTimestamp();
            await (await StartAsync(host, meta, "warm-up")).Answer;
            var whole = Stopwatch.GetElapsedTime(started);
            for (var kill = 0; kill < kills; kill++)
            {
                host.Kill();
                await host.StartAsync();
                attempts.AddRange(await KillAsync(host, meta, kill, atOnce, whole));
            }
        }

        using (var late = new HostProcess([.. command, MinutesAhead, "1"]))
        {
            await late.StartAsync();
            foreach (var attempt in attempts)
                await LookAsync(late, attempt);
        }

        keys.Delete(recursive: true);
    }

    private static async Task<Attempt[]> KillAsync(HostProcess host, MetaEmulator meta, int kill, int atOnce, TimeSpan whole)
    {
        var point = kill % 2 == 0 ? Points[kill / 2 % Points.Length] : default;
        HeldCall[] held = point.Operation is null ? [] : [.. Enumerable.Range(0, atOnce).Select(_ => meta.Faults.Hold(point.Operation, point.After))];
        var attempts = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(index => StartAsync(host, meta, $"account-{kill}-{index}")));
        if (held.Length == 0)
            await Task.Delay(whole * Random.Shared.NextDouble() * 1.1);
        else
            await Task.WhenAny(Task.WhenAll(held.Select(call => call.Reached)), Task.WhenAll(attempts.Select(attempt => attempt.Answer)), Task.Delay(Patience));
        host.Kill();
        meta.Faults.Clear();
        await Task.WhenAll(attempts.Select(attempt => attempt.Answer));
        return attempts;
    }

    private static async Task<Attempt> StartAsync(HostProcess host, MetaEmulator meta, string account)
    {
        var number = meta.World.AddBusiness(account).AddWaba(account).AddNumber(
            $"+1 631-555-{meta.World.Businesses.Count:0000}", account, made => (made.Status, made.PlatformType) = ("PENDING", "NOT_APPLICABLE"));
        var client = Client(host, account);
        var start = await client.GetFromJsonAsync<JsonElement>(Api + "connect?way=popup");
        var posted = client.PostAsJsonAsync(Api + "oauth", new
        {
            code = meta.IssuePopupCode([number.Waba.Id]),
            state = start.GetProperty("state").GetString(),
            @event = "FINISH",
            wabaId = number.Waba.Id,
            phoneNumberId = number.Id,
        });
        return new Attempt(account, start.GetProperty("attemptId").GetGuid(), number, EndAsync(client, posted));
    }

    /// <summary>The host may die before it answers.</summary>
    private static async Task EndAsync(HttpClient client, Task<HttpResponseMessage> posted)
    {
        try
        {
            (await posted).Dispose();
        }
        catch (HttpRequestException)
        {
        }

        client.Dispose();
    }

    private async Task LookAsync(HostProcess host, Attempt attempt)
    {
        using var client = Client(host, attempt.Account);
        var isRegistered = attempt.Number.PlatformType == "CLOUD_API";
        var outcome = await TextAsync(client, Api + "attempts/" + attempt.Id, "outcome") ?? "never claimed";
        Ends[outcome] = Ends.GetValueOrDefault(outcome) + 1;
        var status = await client.GetFromJsonAsync<JsonElement>(Api + "status");
        var numbers = status.GetProperty("phoneNumbers").EnumerateArray().ToArray();
        var isConnected = status.GetProperty("connected").GetBoolean();
        if (!isRegistered && (isConnected || outcome == "connected"))
            Lies++;
        if (numbers.Length == 0)
        {
            if (outcome is "connected" or "incomplete")
                Problems.Add($"{attempt.Account}: {outcome}, and there is no number");
            return;
        }

        Saved++;
        Registered += isRegistered ? 1 : 0;
        if (isConnected)
            return;
        Open++;
        var steps = numbers[0].GetProperty("openSteps").EnumerateArray().Select(step => step.GetProperty("step").GetString()!).ToArray();
        foreach (var step in steps)
            (await client.PostAsJsonAsync(Api + "steps", new { phoneNumberId = attempt.Number.Id, step })).Dispose();
        var after = await client.GetFromJsonAsync<JsonElement>(Api + "status");
        if (after.GetProperty("connected").GetBoolean() && attempt.Number.PlatformType == "CLOUD_API")
            Finished++;
        else
            Problems.Add($"{attempt.Account}: {outcome}, open {string.Join(' ', steps)}, then {after.GetRawText()}");
    }

    private static async Task<string?> TextAsync(HttpClient client, string path, string name)
    {
        using var answer = await client.GetAsync(path);
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty(name).GetString() : null;
    }

    private static HttpClient Client(HostProcess host, string account)
    {
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{host.Port}") };
        client.DefaultRequestHeaders.Add(ConnectHost.AccountHeader, account);
        client.DefaultRequestHeaders.Add("Accept", "application/json");
        return client;
    }

    private EnduranceContext NewContext()
    {
        var options = new DbContextOptionsBuilder<EnduranceContext>();
        EnduranceContext.Use(options, database);
        return new EnduranceContext(options.Options);
    }

    private sealed record Attempt(string Account, Guid Id, EmulatedNumber Number, Task Answer);
}
