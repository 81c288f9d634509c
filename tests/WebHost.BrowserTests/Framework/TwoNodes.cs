using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using WhatsAppOnboarding.Testing;

namespace WebHost.BrowserTests.Framework;

/// <summary>Two nodes of the sample that start at once on an empty PostgreSQL database, behind a proxy, with a Meta of their own.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    private const string Variable = "WHATSAPP_TESTS_POSTGRES";

    private readonly string? _server = Environment.GetEnvironmentVariable(Variable);
    private readonly string _database = $"whatsapp_{Guid.NewGuid():N}";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodes-");
    private SampleProcess[] _nodes = [];
    private MetaEmulator? _meta;
    private RoundRobin? _proxy;

    public RoundRobin Proxy
    {
        get
        {
            Assert.SkipWhen(_proxy is null, $"No PostgreSQL: set {Variable} to something like \"Host=127.0.0.1;Port=5433;Username=postgres\".");
            return _proxy;
        }
    }

    public MetaEmulator Meta => _meta!;

    public IReadOnlyList<SampleProcess> Nodes => _nodes;

    public async ValueTask InitializeAsync()
    {
        if (string.IsNullOrEmpty(_server))
            return;

        await ExecuteAsync("postgres", $"CREATE DATABASE {_database}");
        var verifyToken = new string('n', 40);
        (_meta, _proxy) = (await MetaEmulator.StartAsync(), await RoundRobin.StartAsync());
        var settings = new Dictionary<string, string>(TheSample.Settings(_meta, verifyToken))
        {
            ["WhatsAppOnboarding__ConfigurationId"] = "400000000000001",
            ["WhatsAppOnboarding__SdkAddress"] = new Uri(_meta.Address, "/en_US/sdk.js").ToString(),
            ["WhatsAppOnboarding__PublicOrigin"] = _proxy.Address.GetLeftPart(UriPartial.Authority),
            ["Database__Provider"] = "PostgreSQL",
            ["ConnectionStrings__Default"] = $"{_server};Database={_database}",
            ["DataProtection__Keys"] = "Database",
            ["WhatsAppOnboarding__Webhooks__UseInbox"] = "true",
            ["DataProtection__Certificate"] = MakeCertificate(),
        };
        _nodes = await Task.WhenAll(SampleProcess.StartAsync(settings), SampleProcess.StartAsync(settings));
        _proxy.LeadTo([.. _nodes.Select(node => node.Address)]);
        (await _meta.Webhooks.ConfigureAsync(new Uri(_proxy.Address, "/webhooks/whatsapp"), verifyToken)).ShouldBeTrue();
    }

    /// <summary>What this finds in the nodes' database.</summary>
    public Task<object?> AskAsync(string sql) => ExecuteAsync(_database, sql);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        if (_meta is not null)
            await _meta.DisposeAsync();
        if (!string.IsNullOrEmpty(_server))
            await ExecuteAsync("postgres", $"DROP DATABASE {_database} WITH (FORCE)");
        _folder.Delete(recursive: true);
    }

    private string MakeCertificate()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=nodes", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var file = Path.Combine(_folder.FullName, "keys.pfx");
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12));
        return file;
    }

    private async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_server) { Database = database, Pooling = false });
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
