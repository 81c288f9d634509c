using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal static class LinkRules
{
    public static IEnumerable<StoreRule<StoreUnderCheck<ISetupLinkStore>>> All =>
    [
        new("a link is found by the hash of its secret, and by its id for its own account only", FindAsync),
        new("every field comes back as it was saved", EveryFieldAsync),
        new("an account's links are listed newest first, and no others", ListAsync),
        new("of an account's links those that can still be used are listed apart", ListUsableAsync),
        new("all that were made until a time and are not over are taken back, and no others", RevokeAllAsync),
        new("a write counts once for each version, and says so", VersionAsync),
        new("of many who write at once one does", WriteAtOnceAsync),
        new("pruning removes what expired before a time and nothing else", PruneAsync),
        new("an erased account has no links, and a late write brings none back", EraseAsync),
    ];

    private static async Task FindAsync(StoreUnderCheck<ISetupLinkStore> store)
    {
        var link = await AddAsync(store, Link(Some.Account())).ConfigureAwait(false);
        Expect.That((await FindAsync(store, link.UrlHash).ConfigureAwait(false))?.Link.Id == link.Link.Id);
        Expect.That(await FindAsync(store, Hash()).ConfigureAwait(false) is null);
        Expect.That((await FindAsync(store, link.AccountId, link.Link.Id).ConfigureAwait(false))?.UrlHash == link.UrlHash);
        Expect.That(await FindAsync(store, Some.Account(), link.Link.Id).ConfigureAwait(false) is null);
        Expect.That(await FindAsync(store, link.AccountId, Guid.NewGuid()).ConfigureAwait(false) is null);
    }

    private static async Task EveryFieldAsync(StoreUnderCheck<ISetupLinkStore> store)
    {
        var link = Link(Some.Account());
        link = link with
        {
            Link = link.Link with { Language = "es", ExpectedNumber = "+1 631-555-0100", ReturnUrl = "/thanks", Label = "Ann", Creator = "Bea" },
            Expect = "+16315550100",
        };
        await AddAsync(store, link).ConfigureAwait(false);
        ExpectSame(await FindAsync(store, link.UrlHash).ConfigureAwait(false), link);

        var changed = link with
        {
            BrowserHash = Hash(),
            Link = link.Link with { PressedAt = Some.Time, AttemptId = Guid.NewGuid(), UsedAt = Some.Time.AddMinutes(1), RevokedAt = Some.Time.AddMinutes(2), RevokedBy = "Cem" },
        };
        Expect.That(await UpdateAsync(store, changed).ConfigureAwait(false));
        ExpectSame(await FindAsync(store, link.AccountId, link.Link.Id).ConfigureAwait(false), changed with { Version = 1 });
    }

    private static async Task ListAsync(StoreUnderCheck<ISetupLinkStore> store)
    {
        var account = Some.Account();
        var older = await AddAsync(store, Link(account)).ConfigureAwait(false);
        var newer = Link(account);
        newer = await AddAsync(store, newer with { Link = newer.Link with { CreatedAt = Some.Time.AddSeconds(1) } }).ConfigureAwait(false);
        await AddAsync(store, Link(Some.Account())).ConfigureAwait(false);
        Expect.That((await ListAsync(store, account, 10).ConfigureAwait(false)).Select(link => link.Link.Id).SequenceEqual([newer.Link.Id, older.Link.Id]));
        Expect.That((await ListAsync(store, account, 1).ConfigureAwait(false)).Single().Link.Id == newer.Link.Id);
    }

    private static async Task ListUsableAsync(StoreUnderCheck<ISetupLinkStore> store)
    {
        var account = Some.Account();
        var open = await AddAsync(store, Link(account)).ConfigureAwait(false);
        foreach (var over in new Func<SetupLink, SetupLink>[] { link => link with { UsedAt = Some.Time }, link => link with { RevokedAt = Some.Time }, link => link with { ExpiresAt = Some.Time.AddHours(1) } })
        {
            var link = Link(account);
            await AddAsync(store, link with { Link = over(link.Link) }).ConfigureAwait(false);
        }

        Expect.That((await ListAsync(store, account, 10, Some.Time.AddHours(1)).ConfigureAwait(false)).Single().Link.Id == open.Link.Id);
        Expect.That((await ListAsync(store, account, 10).ConfigureAwait(false)).Count == 4);
    }

    private static async Task RevokeAllAsync(StoreUnderCheck<ISetupLinkStore> store)
    {
        // Far in the past, so that a check on a database in use takes nobody else's back.
        var limit = new DateTimeOffset(1971, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var (account, at) = (Some.Account(), limit);
        StoredLink Made(DateTimeOffset made, DateTimeOffset? used = null) => Link(account) is var link ? link with { Link = link.Link with { CreatedAt = made, UsedAt = used } } : link;
        var open = await AddAsync(store, Made(at)).ConfigureAwait(false);
        var used = await AddAsync(store, Made(at, used: at)).ConfigureAwait(false);
        var later = await AddAsync(store, Made(at.AddSeconds(1))).ConfigureAwait(false);
        await store.UseAsync((links, token) => links.RevokeAllAsync(at, token)).ConfigureAwait(false);
        Expect.That((await FindAsync(store, open.UrlHash).ConfigureAwait(false)) is { Version: 1 } taken && taken.Link.RevokedAt == at);
        ExpectSame(await FindAsync(store, used.UrlHash).ConfigureAwait(false), used);
        ExpectSame(await FindAsync(store, later.UrlHash).ConfigureAwait(false), later);
        await EraseAsync(store, account).ConfigureAwait(false);
    }

    private static async Task VersionAsync(StoreUnderCheck<ISetupLinkStore> store)
    {
        var link = await AddAsync(store, Link(Some.Account())).ConfigureAwait(false);
        var (first, second) = (link with { BrowserHash = Hash() }, link with { BrowserHash = Hash() });
        Expect.That(await UpdateAsync(store, first).ConfigureAwait(false));
        Expect.That(!await UpdateAsync(store, second).ConfigureAwait(false));
        Expect.That((await FindAsync(store, link.UrlHash).ConfigureAwait(false))?.BrowserHash == first.BrowserHash);
        Expect.That(await UpdateAsync(store, second with { Version = 1 }).ConfigureAwait(false));
    }

    private static async Task WriteAtOnceAsync(StoreUnderCheck<ISetupLinkStore> store)
    {
        var link = await AddAsync(store, Link(Some.Account())).ConfigureAwait(false);
        var writes = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => UpdateAsync(store, link with { BrowserHash = Hash() }))).ConfigureAwait(false);
        Expect.That(writes.Count(written => written) == 1);
    }

    private static async Task PruneAsync(StoreUnderCheck<ISetupLinkStore> store)
    {
        // Far in the past, so that a check on a database in use prunes nothing of anybody else.
        var limit = new DateTimeOffset(1971, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var old = Link(Some.Account());
        old = await AddAsync(store, old with { Link = old.Link with { ExpiresAt = limit.AddSeconds(-1) } }).ConfigureAwait(false);
        var kept = Link(Some.Account());
        kept = await AddAsync(store, kept with { Link = kept.Link with { ExpiresAt = limit } }).ConfigureAwait(false);
        await store.UseAsync((links, token) => links.PruneAsync(limit, token)).ConfigureAwait(false);
        Expect.That(await FindAsync(store, old.UrlHash).ConfigureAwait(false) is null);
        Expect.That(await FindAsync(store, kept.UrlHash).ConfigureAwait(false) is not null);
        await EraseAsync(store, kept.AccountId).ConfigureAwait(false);
    }

    private static async Task EraseAsync(StoreUnderCheck<ISetupLinkStore> store)
    {
        var gone = await AddAsync(store, Link(Some.Account())).ConfigureAwait(false);
        var kept = await AddAsync(store, Link(Some.Account())).ConfigureAwait(false);
        await EraseAsync(store, gone.AccountId).ConfigureAwait(false);
        Expect.That(!await UpdateAsync(store, gone).ConfigureAwait(false));
        Expect.That(await FindAsync(store, gone.UrlHash).ConfigureAwait(false) is null);
        Expect.That(await FindAsync(store, kept.UrlHash).ConfigureAwait(false) is not null);
    }

    private static string Hash() => Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");

    private static StoredLink Link(AccountId account) => new()
    {
        Link = new SetupLink { Id = Guid.NewGuid(), Kind = SetupLink.ForSetup, CreatedAt = Some.Time, ExpiresAt = Some.Time.AddDays(7) },
        AccountId = account,
        UrlHash = Hash(),
    };

    private static void ExpectSame(StoredLink? read, StoredLink saved) => Expect.That(read == saved, $"{saved}, found {read}");

    private static async Task<StoredLink> AddAsync(StoreUnderCheck<ISetupLinkStore> store, StoredLink link)
    {
        await store.DoAsync((links, token) => links.AddAsync(link, token)).ConfigureAwait(false);
        return link;
    }

    private static Task<StoredLink?> FindAsync(StoreUnderCheck<ISetupLinkStore> store, string hash) => store.UseAsync((links, token) => links.FindAsync(hash, token));

    private static Task<StoredLink?> FindAsync(StoreUnderCheck<ISetupLinkStore> store, AccountId account, Guid id) => store.UseAsync((links, token) => links.FindAsync(account, id, token));

    private static Task<IReadOnlyList<StoredLink>> ListAsync(StoreUnderCheck<ISetupLinkStore> store, AccountId account, int max, DateTimeOffset? usableAt = null) =>
        store.UseAsync((links, token) => links.ListAsync(account, usableAt, max, token));

    private static Task<bool> UpdateAsync(StoreUnderCheck<ISetupLinkStore> store, StoredLink link) => store.UseAsync((links, token) => links.UpdateAsync(link, token));

    private static Task EraseAsync(StoreUnderCheck<ISetupLinkStore> store, AccountId account) => store.DoAsync((links, token) => links.EraseAsync(account, token));
}
