using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RichardSzalay.MockHttp;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Graph;

/// <summary>The real client with Meta played by planned answers. A request that was not planned fails the test.</summary>
internal sealed class TheGraph : IDisposable
{
    private readonly MockHttpMessageHandler _meta = new();
    private readonly ServiceProvider _services;
    private string _secret = Some.AppSecret;

    public TheGraph()
    {
        _meta.Fallback.Respond(_ => throw new InvalidOperationException("This request was not planned."));
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddGraphClient();
        services.Configure<GraphOptions>(options => (options.AppId, options.AppSecret) = (Some.AppId, _secret));
        services.AddHttpClient(GraphRegistration.ClientName)
            .ConfigurePrimaryHttpMessageHandler(() => _meta)
            .AddHttpMessageHandler(() => new Recorder(Sent, Time));
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public ManualTimeProvider Time { get; } = new();

    public CollectedLogs Logs { get; } = new();

    public List<SentRequest> Sent { get; } = [];

    public IGraphClient Client => _services.GetRequiredService<IGraphClient>();

    public GraphOptions Options => _services.GetRequiredService<IOptionsMonitor<GraphOptions>>().CurrentValue;

    /// <summary>Changes the configuration, as a reload does: from now on there are new options.</summary>
    public void Rotate(string secret)
    {
        _secret = secret;
        _services.GetRequiredService<IOptionsMonitorCache<GraphOptions>>().Clear();
    }

    public TheGraph Answers(string json, HttpStatusCode status = HttpStatusCode.OK) => Answers(status, json, "application/json");

    public TheGraph Answers(HttpStatusCode status, string body, string mediaType, params (string Name, string Value)[] headers) =>
        Answers(() =>
        {
            var answer = new HttpResponseMessage(status) { Content = new StringContent(body, null, mediaType) };
            foreach (var (name, value) in headers)
                answer.Headers.TryAddWithoutValidation(name, value);
            return Task.FromResult(answer);
        });

    public TheGraph Answers(Func<Task<HttpResponseMessage>> answer)
    {
        _meta.Expect("*").Respond(answer);
        return this;
    }

    public TheGraph Hangs()
    {
        _meta.Expect("*").Respond(async request =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, Recorder.TokenOf(request));
            throw new InvalidOperationException("Nobody ended the wait.");
        });
        return this;
    }

    /// <summary>Sends. A call that waits for a clock that nobody moves fails instead of hanging.</summary>
    public Task<GraphResult<T>> SendAsync<T>(GraphCall<T> call)
        where T : class => Client.SendAsync(call, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

    /// <summary>Sends, and skips the pauses between attempts.</summary>
    public Task<GraphResult<T>> SendPatientlyAsync<T>(GraphCall<T> call, int pauseSeconds = 3)
        where T : class => Time.SkipPausesAsync(SendAsync(call), TimeSpan.FromSeconds(pauseSeconds));

    /// <summary>Whether a meter is this client's and not that of another test.</summary>
    public bool Owns(Meter meter) => ReferenceEquals(meter.Scope, _services.GetRequiredService<IMeterFactory>());

    public void Dispose()
    {
        _services.Dispose();
        _meta.Dispose();
    }

    internal sealed record SentRequest(HttpMethod Method, string Address, string? Authorization, string? Body, string? MediaType, string UserAgent, DateTimeOffset At);

    private sealed class Recorder(List<SentRequest> sent, TimeProvider time) : DelegatingHandler
    {
        private static readonly HttpRequestOptionsKey<CancellationToken> Token = new("token");

        public static CancellationToken TokenOf(HttpRequestMessage request) => request.Options.TryGetValue(Token, out var token) ? token : default;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Options.Set(Token, cancellationToken);
            var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
            sent.Add(new(
                request.Method,
                request.RequestUri!.AbsoluteUri,
                request.Headers.Authorization?.ToString(),
                body,
                request.Content?.Headers.ContentType?.MediaType,
                request.Headers.UserAgent.ToString(),
                time.GetUtcNow()));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
