using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>What an account of a host that is killed can do.</summary>
internal enum Work
{
    Popup,
    Redirect,
    Choose,
    Disconnect,
    Erase,
}

/// <summary>One account with two WABAs, each with a number that is registered nowhere, and what the host told it.</summary>
internal sealed class KilledAccount
{
    private const string Api = "/api/integrations/whatsapp/";

    private readonly MetaEmulator _meta;

    public KilledAccount(MetaEmulator meta, string name)
    {
        (_meta, Name) = (meta, name);
        var business = meta.World.AddBusiness(name);
        Numbers = [.. Enumerable.Range(0, 2).Select(index => business.AddWaba($"{name}-{index}").AddNumber(
            $"+1 631-{index}55-{meta.World.Businesses.Count:0000}", name, made => (made.Status, made.PlatformType) = ("PENDING", "NOT_APPLICABLE")))];
    }

    public string Name { get; }

    public EmulatedNumber[] Numbers { get; }

    /// <summary>What it did last.</summary>
    public Work? Last { get; private set; }

    /// <summary>Whether what it did last was answered with success.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>Whether it was ever to be erased: what is kept of it may be gone then.</summary>
    public bool WasToBeErased { get; private set; }

    /// <summary>The outcomes that it was told, by attempt.</summary>
    public Dictionary<Guid, string> Told { get; } = [];

    /// <summary>Begins, and returns once the host is at work; what it returns ends with the answer or with the host.</summary>
    public async Task<Task> BeginAsync(HostProcess host, Work work)
    {
        (Last, IsAnswered) = (work, false);
        WasToBeErased |= work is Work.Erase;
        var client = Client(host);
        Func<Task> rest = work switch
        {
            Work.Popup => await PopupAsync(client, [Numbers[0]], named: true),
            Work.Choose => await PopupAsync(client, Numbers, named: false),
            Work.Redirect => await RedirectAsync(client),
            Work.Disconnect => () => PostAsync(client, Api + "disconnect", null),
            _ => () => PostAsync(client, "/erase", null),
        };
        return EndAsync(client, rest);
    }

    public async Task<Books> ReadAsync(HostProcess host)
    {
        using var client = Client(host);
        return (await client.GetFromJsonAsync<Books>("/books"))!;
    }

    public async Task<(bool IsConnected, (string Number, string Step)[] Open)> StatusAsync(HostProcess host)
    {
        using var client = Client(host);
        var status = await client.GetFromJsonAsync<JsonElement>(Api + "status");
        return (status.GetProperty("connected").GetBoolean(),
        [
            .. status.GetProperty("phoneNumbers").EnumerateArray().SelectMany(
                number => number.GetProperty("openSteps").EnumerateArray(), (number, step) => (number.GetProperty("id").GetString()!, step.GetProperty("step").GetString()!)),
        ]);
    }

    /// <summary>Presses what is open, as a page does.</summary>
    public async Task PressAsync(HostProcess host, string number, string step)
    {
        using var client = Client(host);
        (await client.PostAsJsonAsync(Api + "steps", new { phoneNumberId = number, step })).Dispose();
    }

    public async Task EraseAsync(HostProcess host)
    {
        using var client = Client(host);
        (await client.PostAsync("/erase", null)).EnsureSuccessStatusCode();
    }

    private async Task<Func<Task>> PopupAsync(HttpClient client, EmulatedNumber[] granted, bool named)
    {
        var start = await client.GetFromJsonAsync<JsonElement>(Api + "connect?way=popup");
        var code = _meta.IssuePopupCode([.. granted.Select(number => number.Waba.Id)]);
        var state = start.GetProperty("state").GetString();
        return named
            ? () => PostAsync(client, Api + "oauth", new { code, state, @event = "FINISH", wabaId = Numbers[0].Waba.Id, phoneNumberId = Numbers[0].Id })
            : () => ChooseAsync(client, new { code, state });
    }

    private async Task<Func<Task>> RedirectAsync(HttpClient client)
    {
        var start = await client.GetFromJsonAsync<JsonElement>(Api + "connect");
        var back = QueryHelpers.ParseQuery((await _meta.ApproveAsync(new Uri(start.GetProperty("url").GetString()!), [Numbers[0].Waba.Id])).Query);
        return () => PostAsync(client, Api + "oauth", new { code = back["code"].ToString(), state = back["state"].ToString() });
    }

    private async Task ChooseAsync(HttpClient client, object granted)
    {
        var asked = await PostAsync(client, Api + "oauth", granted);
        if (asked?.GetProperty("code").GetString() == "choose")
            await PostAsync(client, Api + "choose", new { attemptId = asked.Value.GetProperty("attemptId").GetGuid(), phoneNumberIds = new[] { Numbers[1].Id }, disconnect = true });
    }

    /// <summary>The answer, if it tells of an attempt.</summary>
    private async Task<JsonElement?> PostAsync(HttpClient client, string path, object? body)
    {
        using var answer = await client.PostAsJsonAsync(path, body ?? new { });
        var text = await answer.Content.ReadAsStringAsync();
        IsAnswered = answer.IsSuccessStatusCode;
        if (text.Length == 0)
            return null;
        var said = JsonDocument.Parse(text).RootElement;
        if (!said.TryGetProperty("attemptId", out var attempt) || attempt.ValueKind is not JsonValueKind.String)
            return null;
        Told[attempt.GetGuid()] = said.GetProperty("code").GetString()!;
        return said;
    }

    /// <summary>The host may die before it answers.</summary>
    private async Task EndAsync(HttpClient client, Func<Task> rest)
    {
        try
        {
            await rest();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            IsAnswered = false;
        }
        finally
        {
            client.Dispose();
        }
    }

    private HttpClient Client(HostProcess host)
    {
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{host.Port}") };
        client.DefaultRequestHeaders.Add(ConnectHost.AccountHeader, Name);
        client.DefaultRequestHeaders.Add("Accept", "application/json");
        return client;
    }
}
