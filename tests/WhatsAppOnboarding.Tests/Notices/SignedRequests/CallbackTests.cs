using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;
using static WhatsAppOnboarding.Tests.Framework.SignedForms;

namespace WhatsAppOnboarding.Tests.Notices;

public sealed class CallbackTests
{
    [Fact]
    public async Task A_deauthorize_puts_in_doubt_only_what_that_person_granted()
    {
        await using var persons = await PersonsHost.StartAsync();
        var (acme, _) = (await persons.ConnectAsync("acme"), await persons.ConnectAsync("globex"));
        var system = await persons.ConnectAsync("initech", EmulatedTokenKind.SystemUser);
        var before = await persons.NumberAsync("initech");

        (await persons.Host.PostSignedAsync(Deauthorize, persons.Host.Of(acme))).StatusCode.ShouldBe(HttpStatusCode.OK);
        persons.Doubted.ShouldBe(["acme"]);
        (await persons.GrantedByAsync("acme")).ShouldBe(persons.HashOf(acme), "who it was is needed for a later request to delete data");

        (await persons.Host.PostSignedAsync(Deauthorize, persons.Host.Of(system))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await persons.Host.PostSignedAsync(DataDeletion, persons.Host.Of(system))).StatusCode.ShouldBe(HttpStatusCode.OK);
        persons.Doubted.ShouldBe(["acme"]);
        (await persons.NumberAsync("initech")).ShouldBe(before);
    }

    [Fact]
    public async Task A_deauthorize_that_is_true_ends_what_that_person_granted_and_wipes_the_token()
    {
        await using var persons = await PersonsHost.StartAsync();
        var (acme, _) = (await persons.ConnectAsync("acme"), await persons.ConnectAsync("globex"));

        var answer = await persons.Host.Meta.SignedRequests.DeauthorizeAsync(new Uri(persons.Host.Address, Deauthorize), acme, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(200);
        var number = await persons.NumberAsync("acme");
        (number.IsHeld, number.Token, number.GrantedBy, number.DisconnectReason).ShouldBe((false, null, null, DisconnectReasons.Deauthorized));
        (await persons.Host.ReadAsync("acme")).Reference.WabaId.ShouldBeNull();
        (await persons.NumberAsync("globex")).IsHeld.ShouldBeTrue();
    }

    [Fact]
    public async Task A_deletion_doubts_the_access_and_forgets_who_granted_it()
    {
        await using var persons = await PersonsHost.StartAsync();
        var (acme, globex) = (await persons.ConnectAsync("acme"), await persons.ConnectAsync("globex"));
        var before = await persons.NumberAsync("acme");

        (await persons.Host.PostSignedAsync(DataDeletion, persons.Host.Of(acme))).StatusCode.ShouldBe(HttpStatusCode.OK);

        persons.Doubted.ShouldBe(["acme"]);
        var after = await persons.NumberAsync("acme");
        (after.State, after.Token, after.GrantedBy).ShouldBe((before.State, before.Token, null), "by itself it ends nothing");
        (await persons.GrantedByAsync("globex")).ShouldBe(persons.HashOf(globex));
        (await persons.Host.PostSignedAsync(DataDeletion, persons.Host.Of(acme))).StatusCode.ShouldBe(HttpStatusCode.OK);
        persons.Doubted.ShouldBe(["acme"], "there is nothing left to find");
    }

    [Fact]
    public async Task An_answer_does_not_say_whether_anybody_was_known()
    {
        await using var persons = await PersonsHost.StartAsync();
        var user = await persons.ConnectAsync("acme");

        foreach (var path in new[] { Deauthorize, DataDeletion })
            (await ShapeAsync(await persons.Host.PostSignedAsync(path, persons.Host.Of(user)))).ShouldBe(await ShapeAsync(await persons.Host.PostSignedAsync(path, persons.Host.Of("999"))));
    }

    [Fact]
    public async Task Where_to_ask_is_a_route_that_there_is_though_the_settings_were_read_again()
    {
        await using var persons = await PersonsHost.StartAsync();
        persons.Host.App.Configuration["WhatsAppOnboarding:Paths:DataDeletion"] = "/moved";
        ((IConfigurationRoot)persons.Host.App.Configuration).Reload();

        var answer = await Browser.JsonAsync(await persons.Host.PostSignedAsync(DataDeletion, persons.Host.Of("999")));

        new Uri(answer.GetProperty("url").GetString()!).AbsolutePath.ShouldStartWith(DataDeletion + "/");
    }

    [Fact]
    public async Task A_deletion_is_answered_with_a_random_code_and_where_to_ask_for_it()
    {
        await using var persons = await PersonsHost.StartAsync(setup => setup["PublicOrigin"] = "https://app.example.com");

        var answers = new List<JsonElement>();
        foreach (var user in new[] { "998", "998", "999" })
            answers.Add(await Browser.JsonAsync(await persons.Host.PostSignedAsync(DataDeletion, persons.Host.Of(user))));

        answers.Select(answer => answer.GetProperty("confirmation_code").GetString()).ShouldBeUnique();
        foreach (var answer in answers)
        {
            answer.EnumerateObject().Select(property => property.Name).ShouldBe(["url", "confirmation_code"]);
            var code = answer.GetProperty("confirmation_code").GetString()!;
            code.ShouldMatch("^[0-9a-f]{32}$");
            answer.GetProperty("url").GetString().ShouldBe($"https://app.example.com{DataDeletion}/{code}");
        }
    }

    [Fact]
    public async Task An_old_request_that_comes_again_says_nothing_of_a_newer_grant()
    {
        await using var persons = await PersonsHost.StartAsync();
        var user = await persons.ConnectAsync("acme");
        var old = persons.Host.Of(user, DateTimeOffset.UtcNow.AddHours(-1));

        (await persons.Host.PostSignedAsync(Deauthorize, old)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await persons.Host.PostSignedAsync(DataDeletion, old)).StatusCode.ShouldBe(HttpStatusCode.OK);

        persons.Doubted.ShouldBeEmpty();
        (await persons.GrantedByAsync("acme")).ShouldBe(persons.HashOf(user));
    }

    [Fact]
    public async Task During_a_rotation_both_secrets_sign_and_both_find_the_person()
    {
        await using var persons = await PersonsHost.StartAsync(setup =>
        {
            setup["PreviousAppSecret"] = "the-older-secret";
            setup["PreviousAppSecretUntil"] = TimeProvider.System.GetUtcNow().AddDays(1).ToString("O");
        });
        await persons.ConnectAsync("acme");
        await persons.Host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(
            AccountId.Parse("acme"), account => [.. account.Numbers.Select(number => number with { GrantedBy = persons.HashOf("777", "the-older-secret") })], TestContext.Current.CancellationToken));

        (await persons.Host.PostSignedAsync(Deauthorize, Sign("the-older-secret", Payload("777")))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await persons.Host.PostSignedAsync(Deauthorize, persons.Host.Of("777"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        persons.Doubted.ShouldBe(["acme", "acme"]);
    }

    [Fact]
    public async Task An_older_secret_signs_nothing_once_its_time_is_over()
    {
        await using var persons = await PersonsHost.StartAsync(setup =>
        {
            setup["PreviousAppSecret"] = "the-older-secret";
            setup["PreviousAppSecretUntil"] = TimeProvider.System.GetUtcNow().AddDays(-1).ToString("O");
        });

        (await persons.Host.PostSignedAsync(Deauthorize, Sign("the-older-secret", Payload("777")))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_could_not_be_done_is_a_503_so_that_Meta_comes_again_and_keeps_nothing_from_other_accounts()
    {
        var broken = new BrokenCopy();
        await using var persons = await PersonsHost.StartAsync(setup => setup.Services.AddSingleton<IAccountWabaReferenceSync>(broken));
        var user = await persons.ConnectAsync("acme");
        await persons.ConnectAsync("globex");
        await persons.Host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(
            AccountId.Parse("globex"), account => [.. account.Numbers.Select(number => number with { GrantedBy = persons.HashOf(user) })], TestContext.Current.CancellationToken));

        broken.Account = "acme";
        (await persons.Host.PostSignedAsync(DataDeletion, persons.Host.Of(user))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await persons.GrantedByAsync("acme")).ShouldNotBeNull();
        (await persons.GrantedByAsync("globex")).ShouldBeNull();

        broken.Account = null;
        (await persons.Host.PostSignedAsync(DataDeletion, persons.Host.Of(user))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await persons.GrantedByAsync("acme")).ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_that_is_written_says_who_the_person_is()
    {
        await using var persons = await PersonsHost.StartAsync();
        var user = await persons.ConnectAsync("acme");
        persons.Host.Logs.Clear();
        var good = persons.Host.Of(user);
        var forged = Sign("another-secret", Payload(user));

        foreach (var path in new[] { Deauthorize, DataDeletion })
        {
            foreach (var text in new[] { good, forged, good + "=" })
                (await (await persons.Host.PostSignedAsync(path, text)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain(user);
        }

        persons.Host.Logs.Lines.ShouldNotBeEmpty();
        foreach (var secret in new[] { user, persons.HashOf(user), good, good.Split('.')[1], forged, persons.Host.Meta.AppSecret })
            persons.Host.Logs.Lines.ShouldAllBe(line => !line.Text.Contains(secret));
    }

    /// <summary>All that can be seen of an answer, but for what is random.</summary>
    private static async Task<string> ShapeAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}");
        return $"{answer.StatusCode} {string.Join('\n', headers)} {Regex.Replace(body, "[0-9a-f]{32}", "code")}";
    }

    /// <summary>A host's copy that cannot be written for one account.</summary>
    private sealed class BrokenCopy : IAccountWabaReferenceSync
    {
        public string? Account { get; set; }

        public Task StageAsync(AccountWabaReference reference, CancellationToken cancellationToken) =>
            reference.AccountId.ToString() == Account ? throw new InvalidOperationException("The host's table is gone.") : Task.CompletedTask;

        public Task<IReadOnlyList<WabaId?>> ReadCopiesAsync(AccountId account, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<WabaId?>>([]);
    }
}
