using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace WebHost.BrowserTests.Framework;

/// <summary>A proxy in front of several nodes: whoever asks for a path twice asks two of them, for streams too. It passes by a node that takes no connection.</summary>
public sealed class RoundRobin : IAsyncDisposable
{
    private static readonly string[] OfOneHop = ["Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Host"];

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConcurrentDictionary<string, int> _turns = new();
    private readonly ConcurrentQueue<(string Request, int Node)> _served = new();
    private readonly WebApplication _app;
    private Uri[] _nodes = [];

    private RoundRobin(WebApplication app, Uri address) => (_app, Address) = (app, address);

    public Uri Address { get; }

    public static async Task<RoundRobin> StartAsync()
    {
        var address = new Uri($"http://localhost:{SampleProcess.FreePort()}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.GetLeftPart(UriPartial.Authority));
        var app = builder.Build();
        var proxy = new RoundRobin(app, address);
        app.Run(proxy.ForwardAsync);
        await app.StartAsync();
        return proxy;
    }

    public void LeadTo(params Uri[] nodes) => _nodes = nodes;

    /// <summary>Has this node be the next that is asked for the path.</summary>
    public void Next(string path, int node) => _turns[path] = node - 1;

    /// <summary>Which nodes answered such requests, the earliest first.</summary>
    public int[] NodesOf(string request) => [.. _served.Where(one => one.Request == request).Select(one => one.Node)];

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task ForwardAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var turn = _turns.AddOrUpdate(http.Request.Path, 0, (_, last) => last + 1);
        for (var tried = 0; tried < _nodes.Length; tried++)
        {
            var node = (turn + tried) % _nodes.Length;
            using var request = Copy(http.Request, _nodes[node], body);
            try
            {
                using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
                _served.Enqueue(($"{http.Request.Method} {http.Request.Path}", node));
                await AnswerAsync(http, answer);
                return;
            }
            catch (HttpRequestException refused) when (refused.HttpRequestError is HttpRequestError.ConnectionError)
            {
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
            {
                http.Abort();
                return;
            }
        }

        http.Response.StatusCode = StatusCodes.Status502BadGateway;
    }

    private static HttpRequestMessage Copy(HttpRequest from, Uri node, MemoryStream body)
    {
        var request = new HttpRequestMessage(new HttpMethod(from.Method), new Uri(node, from.Path + from.QueryString.Value)) { Headers = { Host = from.Host.Value } };
        if (body.Length > 0)
            request.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, value) in from.Headers.Where(header => !OfOneHop.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, value.AsEnumerable());
        }

        return request;
    }

    private static async Task AnswerAsync(HttpContext http, HttpResponseMessage answer)
    {
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !OfOneHop.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
            http.Response.Headers[name] = values.ToArray();
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
