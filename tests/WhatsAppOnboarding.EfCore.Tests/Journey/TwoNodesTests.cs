using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.Journey;

public sealed class TwoNodesTests
{
    [Fact]
    public async Task Twenty_posts_of_one_code_on_two_nodes_exchange_it_once_and_answer_the_same()
    {
        await using var nodes = await Nodes.StartAsync(DatabaseKind.PostgreSql, 2);
        await nodes.AddAccountsAsync("acme");
        nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var first = nodes[0].OpenApi("acme");
        using var second = nodes[1].OpenApi("acme");
        var (code, state) = await first.GrantAsync(nodes[0]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? first : second).FinishAsync(code, state)));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        (await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct().ShouldHaveSingleItem();
        nodes.Meta.Calls.Of(GraphOperations.ExchangeCode).Count.ShouldBe(1);

        await nodes[1].DisconnectAsync("acme");
        (await second.FinishAsync(code, state)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await nodes[0].ReadAsync("acme")).Numbers.ShouldAllBe(number => !number.IsHeld);
        (await nodes.UseContextAsync(context => context.Accounts.SingleAsync())).WabaId.ShouldBeNull();
    }

    [Fact]
    public async Task Fifty_posts_of_a_code_of_the_popup_on_two_nodes_exchange_it_once_and_another_account_learns_nothing()
    {
        await using var nodes = await Nodes.StartAsync(DatabaseKind.PostgreSql, 2);
        await nodes.AddAccountsAsync("acme", "mallory");
        var waba = nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        using var first = nodes[0].OpenApi("acme");
        using var second = nodes[1].OpenApi("acme");
        using var other = nodes[1].OpenApi("mallory");
        var body = new { code = nodes.Meta.IssuePopupCode(), state = await first.StartPopupStateAsync(), wabaId = waba.Id, @event = "FINISH" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? first : second).PostAsync(body)));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        (await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct().ShouldHaveSingleItem();
        nodes.Meta.Calls.Of(GraphOperations.ExchangeCode).Count.ShouldBe(1);

        var stolen = await other.PostAsync(body with { state = await other.StartPopupStateAsync() });
        var invented = await other.PostAsync(body with { state = await other.StartPopupStateAsync(), code = nodes.Meta.World.IssuedCodes[0].Value + "x" });
        (await ApiConnect.CodeOf(stolen)).ShouldBe("code_used");
        (await ApiConnect.CodeOf(invented)).ShouldBe("redirect_mismatch");
        (await stolen.Content.ReadAsStringAsync()).ShouldNotContain("acme");
        (await nodes[0].ReadAsync("mallory")).Reference.Version.ShouldBe(0);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task Posts_of_one_state_in_their_hundreds_take_no_more_commands_than_one_and_log_no_error(DatabaseKind kind)
    {
        var counter = new CommandCounter();
        await using var nodes = await Nodes.StartAsync(kind, options: options => options.AddInterceptors(counter));
        await nodes.AddAccountsAsync("acme");
        nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var api = nodes[0].OpenApi("acme");
        var (code, state) = await api.GrantAsync(nodes[0]);
        var exchange = nodes.Meta.Faults.Hold(GraphOperations.ExchangeCode);
        counter.Commands.Clear();

        Task<HttpResponseMessage>[] same = [.. Enumerable.Range(0, 200).Select(_ => api.FinishAsync(code, state))];
        await exchange.Reached;
        var others = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => api.FinishAsync($"other-{i}", state)));
        exchange.Release();
        var answers = await Task.WhenAll(same);
        var later = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => api.FinishAsync(i % 2 == 0 ? code : "late", state)));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        (await Task.WhenAll(others.Select(ApiConnect.CodeOf))).ShouldAllBe(answer => answer == "state_used");
        (await Task.WhenAll(later.Select(ApiConnect.CodeOf))).Order().Distinct().ShouldBe(["connected", "state_used"]);
        counter.Commands.Count(command => command.Contains("INSERT INTO \"WhatsAppConnectAttempts\"", StringComparison.Ordinal)).ShouldBe(1);
        counter.Commands.Count.ShouldBeLessThan(100);
        nodes[0].Logs.Lines.Where(line => line.Level >= LogLevel.Error).ShouldBeEmpty();
    }

    [Theory, InlineData(-2), InlineData(2)]
    public async Task A_node_whose_clock_is_two_minutes_off_ends_no_attempt_of_another(int minutes)
    {
        await using var nodes = await Nodes.StartAsync(DatabaseKind.Sqlite, 2, configure: setup =>
        {
            if (setup["MaxStarts"] is "100000" && Interlocked.Increment(ref _started) % 2 == 0)
                setup.Services.AddSingleton<TimeProvider>(new WrongClock(TimeSpan.FromMinutes(minutes)));
        });
        await nodes.AddAccountsAsync("acme");
        var waba = nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        using var first = nodes[0].OpenApi("acme");
        using var second = nodes[1].OpenApi("acme");
        var start = await first.StartPopupAsync();
        var body = new { code = nodes.Meta.IssuePopupCode(), state = start.GetProperty("state").GetString(), wabaId = waba.Id, @event = "FINISH" };
        var exchange = nodes.Meta.Faults.Hold(GraphOperations.ExchangeCode);

        var connecting = first.PostAsync(body);
        await exchange.Reached;
        (await second.AttemptAsync(start.GetProperty("attemptId").GetGuid())).GetProperty("outcome").ValueKind.ShouldBe(JsonValueKind.Null);
        var same = second.PostAsync(body);
        exchange.Release();

        (await ApiConnect.CodeOf(await connecting)).ShouldBe("connected");
        (await ApiConnect.CodeOf(await same)).ShouldBe("connected");
        (await nodes[1].ReadAsync("acme")).Numbers.ShouldHaveSingleItem().IsHeld.ShouldBeTrue();
        waba.IsAppSubscribed.ShouldBeTrue();
    }

    [Fact]
    public async Task The_status_of_three_hundred_registered_numbers_takes_a_handful_of_commands()
    {
        var counter = new CommandCounter();
        await using var nodes = await Nodes.StartAsync(DatabaseKind.PostgreSql, options: options => options.AddInterceptors(counter));
        await nodes.AddAccountsAsync("acme");
        var waba = nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        foreach (var n in Enumerable.Range(0, 300))
            waba.AddNumber($"+1 631-555-{n:D4}", "One");
        using var api = nodes[0].OpenApi("acme");
        var (code, state) = await api.GrantAsync(nodes[0]);
        (await ApiConnect.CodeOf(await api.FinishAsync(code, state))).ShouldBe("connected");
        await nodes.UseContextAsync(context => context.Database.ExecuteSqlRawAsync("UPDATE \"WhatsAppPhoneNumbers\" SET \"OpenSteps\" = {0}",
            """[{"step":"register","code":"pin_needed","since":"2026-01-01T00:00:00Z"}]"""));
        counter.Commands.Clear();

        var status = await api.GetFromJsonAsync<JsonElement>("/api/integrations/whatsapp/status", TestContext.Current.CancellationToken);

        status.GetProperty("phoneNumbers").EnumerateArray().Count(number => number.GetProperty("registration").ValueKind is JsonValueKind.Object).ShouldBe(300);
        counter.Commands.Count.ShouldBeLessThanOrEqualTo(6);
    }

    [Fact]
    public async Task A_question_of_one_node_is_answered_once_on_whatever_node_the_answers_come_in()
    {
        await using var nodes = await Nodes.StartAsync(DatabaseKind.PostgreSql, 2, ask: true);
        await nodes.AddAccountsAsync("acme");
        var waba = nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var wanted = waba.AddNumber("+1 631-555-0100", "One");
        waba.AddNumber("+1 631-555-0101", "Two");
        using var first = nodes[0].OpenApi("acme");
        using var second = nodes[1].OpenApi("acme");
        var start = await first.StartPopupAsync();
        (await ApiConnect.CodeOf(await first.PostAsync(new { code = nodes.Meta.IssuePopupCode(), state = start.GetProperty("state").GetString() }))).ShouldBe("choose");
        var asked = start.GetProperty("attemptId").GetGuid();
        (await second.AttemptAsync(asked)).GetProperty("choice").GetProperty("numbers").GetArrayLength().ShouldBe(2);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? first : second)
            .PostAsync(new { attemptId = asked, phoneNumberIds = new[] { wanted.Id } }, "/api/integrations/whatsapp/choose")));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        (await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct().ShouldHaveSingleItem();
        nodes.Meta.Calls.Of(GraphOperations.SubscribeApp).Count.ShouldBe(1);
        (await nodes[1].ReadAsync("acme")).Numbers.ShouldHaveSingleItem().PhoneNumberId.ToString().ShouldBe(wanted.Id);
        (await nodes.UseContextAsync(context => context.Accounts.SingleAsync())).WabaId.ShouldBe(waba.Id);
    }

    [Fact]
    public async Task Before_a_code_of_the_popup_is_exchanged_it_is_counted_and_claimed_and_nothing_else_is_done()
    {
        var counter = new CommandCounter();
        await using var nodes = await Nodes.StartAsync(DatabaseKind.PostgreSql, options: options => options.AddInterceptors(counter));
        await nodes.AddAccountsAsync("acme");
        var waba = nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        using var api = nodes[0].OpenApi("acme");
        var state = await api.StartPopupStateAsync();
        var exchange = nodes.Meta.Faults.Hold(GraphOperations.ExchangeCode);
        counter.Commands.Clear();

        var finishing = api.PostAsync(new { code = nodes.Meta.IssuePopupCode(), state, wabaId = waba.Id, @event = "FINISH" });
        await exchange.Reached;

        counter.Commands.Count.ShouldBe(4);
        counter.Commands.SkipLast(1).ShouldAllBe(command => command.Contains("\"WhatsAppMetaCalls\"", StringComparison.Ordinal));
        counter.Commands.Last().ShouldContain("INSERT INTO \"WhatsAppConnectAttempts\"");
        nodes.Meta.Calls.All.ShouldHaveSingleItem();
        exchange.Release();
        (await finishing).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task No_table_holds_a_secret_in_the_clear(DatabaseKind kind)
    {
        await using var nodes = await Nodes.StartAsync(kind, ask: true);
        await nodes.AddAccountsAsync("acme");
        var number = nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One", Unregistered);
        using var api = nodes[0].OpenApi("acme");
        var (code, state) = await api.GrantAsync(nodes[0]);
        (await api.FinishAsync(code, state)).StatusCode.ShouldBe(HttpStatusCode.OK);
        nodes.Meta.World.Businesses[0].Wabas[0].AddNumber("+1 631-555-0101", "Two");
        var asked = await api.PostAsync(new { code = nodes.Meta.IssuePopupCode(), state = await api.StartPopupStateAsync() });
        (await ApiConnect.CodeOf(asked)).ShouldBe("choose");

        var stored = await nodes.UseContextAsync(EverythingAsync);

        stored.ShouldContain("+1 631-555-0100");
        stored.ShouldNotContain("+1 631-555-0101");
        foreach (var secret in (string[])[code, state, nodes.Meta.AppSecret, .. nodes.Meta.World.IssuedTokens.Select(token => token.Value), TheHost.VerifyToken])
            stored.ShouldNotContain(secret);
        stored.ShouldNotMatch($@"(?<!\d){number.TwoStepPin.ShouldNotBeNull()}(?!\d)");
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task Ten_requests_on_two_nodes_register_a_number_once_and_both_know_its_pin(DatabaseKind kind)
    {
        await using var nodes = await Nodes.StartAsync(kind, 2);
        await nodes.AddAccountsAsync("acme");
        var number = nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One", Unregistered);
        using var first = nodes[0].OpenApi("acme");
        using var second = nodes[1].OpenApi("acme");
        var (code, state) = await first.GrantAsync(nodes[0]);
        nodes.Meta.Faults.On(GraphOperations.Register, Fault.Error(400, 133015));
        await first.FinishAsync(code, state);
        var held = nodes.Meta.Faults.Hold(GraphOperations.Register);

        var requests = Enumerable.Range(0, 10)
            .Select(i => (i % 2 == 0 ? first : second).PostAsync(new { phoneNumberId = number.Id, step = "register" }, "/api/integrations/whatsapp/steps")).ToArray();
        while (requests.Count(request => request.IsCompleted) < 9)
            await Task.WhenAny(requests.Where(request => !request.IsCompleted)).WaitAsync(TimeSpan.FromSeconds(20));
        held.Release();

        (await Task.WhenAll(requests)).Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        nodes.Meta.Calls.Of(GraphOperations.Register).Count.ShouldBe(2);
        var shown = await second.PostAsync(new { phoneNumberId = number.Id }, "/api/integrations/whatsapp/pin");
        (await WhatsAppOnboarding.Tests.Browser.JsonAsync(shown)).GetProperty("pin").GetString().ShouldBe(number.TwoStepPin);
    }

    private static void Unregistered(EmulatedNumber number) => (number.Status, number.PlatformType) = ("PENDING", "NOT_APPLICABLE");

    /// <summary>Every value of every row of every table.</summary>
    private static async Task<string> EverythingAsync(DbContext context)
    {
        var values = new List<string>();
        await context.Database.OpenConnectionAsync();
        foreach (var table in context.Model.GetEntityTypes().Select(type => type.GetTableName()).Distinct())
        {
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                    values.Add(reader.GetValue(i).ToString() ?? "");
            }
        }

        return string.Join('\n', values);
    }

    private static int _started;

    private sealed class WrongClock(TimeSpan off) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + off;
    }
}
