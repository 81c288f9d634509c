using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>Counts the calls to Meta, refused ones too, by who granted the token that they are made with or about, and by the day.</summary>
internal sealed class CountedCalls(TimeProvider clock) : DelegatingHandler
{
    private readonly ConcurrentDictionary<(string Grantor, DateTime Day), int> _byDay = new();
    private readonly ConcurrentDictionary<string, string> _grantors = new();

    public MetaEmulator? Meta { get; set; }

    /// <summary>Of whom tokens are not extended.</summary>
    public ConcurrentDictionary<string, bool> NotExtended { get; } = new();

    /// <summary>Whether the inspection of a token leaves out when it ends.</summary>
    public bool HidesEnds { get; set; }

    /// <summary>The calls of each day on which there were some.</summary>
    public IReadOnlyDictionary<(string Grantor, DateTime Day), int> ByDay => _byDay;

    public void Clear() => _byDay.Clear();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var query = QueryHelpers.ParseQuery(request.RequestUri!.Query);
        var extended = query.TryGetValue("fb_exchange_token", out var asked) ? asked.ToString() : null;
        var token = extended ?? (query.TryGetValue("input_token", out var inspected) ? inspected.ToString() : request.Headers.Authorization?.Parameter);
        if (token is null || GrantorOf(token) is not { } grantor)
            return await base.SendAsync(request, cancellationToken);

        _byDay.AddOrUpdate((grantor, clock.GetUtcNow().Date), 1, (_, count) => count + 1);
        if (extended is not null && NotExtended.ContainsKey(grantor))
            return new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent("""{"error":{"message":"not extended","type":"OAuthException","code":100}}""") };
        var answer = await base.SendAsync(request, cancellationToken);
        return HidesEnds && query.ContainsKey("input_token") ? await WithoutEndsAsync(answer, cancellationToken) : answer;
    }

    private static async Task<HttpResponseMessage> WithoutEndsAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!;
        foreach (var end in (string[])["expires_at", "data_access_expires_at"])
            body["data"]!.AsObject().Remove(end);
        answer.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return answer;
    }

    private string? GrantorOf(string token)
    {
        if (_grantors.TryGetValue(token, out var known))
            return known;
        return Meta?.World.IssuedTokens.FirstOrDefault(issued => issued.Value == token)?.UserId is { } found ? _grantors[token] = found : null;
    }
}
