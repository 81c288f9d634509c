using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Graph;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>What it loses, what must be told of that, and how it comes back.</summary>
internal sealed partial class YearOfAccount
{
    private static readonly EmulatedCustomer Ada = new("Ada", "+1 650-555-0123");

    private async Task LoseAsync()
    {
        var others = new List<Func<Task>> { LoseSubscriptionAsync, RemoveAsync };
        if (numbers == 1)
            others.AddRange([FailPaymentAsync, RouteAsync]);
        if (_end is null)
            others.Add(ReportAsync);
        var losses = Loss.All.Where(loss => loss.Regain is not null || _end is null).ToArray();
        var drawn = chance!.Next(losses.Length + others.Count);
        await (drawn < losses.Length ? LoseAsync(losses[drawn]) : others[drawn - losses.Length]());
    }

    private Task LoseAsync(Loss loss)
    {
        loss.Lose(Number, CurrentToken());
        IsConnected = loss.IsConnected;
        Expect($"needs_attention {loss.Reason}", Now);
        _regain = async () =>
        {
            _waba.IsShared = true;
            Expect($"well_again {loss.Reason}", Now, atOnce: loss.Regain is null);
            if (loss.Regain is { } regain)
                regain(Number);
            else
                await ConnectAsync();
        };
        return Task.CompletedTask;
    }

    private Task LoseSubscriptionAsync()
    {
        _waba.IsAppSubscribed = false;
        Expect("needs_attention not_subscribed", Now);
        Expect("well_again not_subscribed", Now);
        return Task.CompletedTask;
    }

    private Task RemoveAsync()
    {
        foreach (var number in _waba.Numbers.ToArray())
            number.Remove();
        (IsConnected, _end) = (false, null);
        Expect("disconnected gone_at_meta", Now);
        _regain = async () =>
        {
            _waba = accounts.AddWaba(numbers);
            await ConnectAsync();
        };
        return Task.CompletedTask;
    }

    private async Task FailPaymentAsync()
    {
        _waba.HasPaymentMethod = false;
        Expect("needs_attention payment_needed", Now, atOnce: true);
        await accounts.Meta.Webhooks.SendAsync(MetaStatuses.Failed(Number, $"wamid.{name}.{Now.Ticks}", Ada, 131042), TestContext.Current.CancellationToken);
        _regain = () =>
        {
            _waba.HasPaymentMethod = true;
            Expect("well_again payment_needed", Now);
            return Task.CompletedTask;
        };
    }

    private async Task RouteAsync()
    {
        Expect("needs_attention routed_elsewhere", Now, atOnce: true);
        await accounts.Meta.Happenings.LoseRoutingAsync(Number.Id, TestContext.Current.CancellationToken);
        await ReceiveAsync();
        _regain = async () =>
        {
            Expect("well_again routed_elsewhere", Now, atOnce: true);
            await accounts.Meta.Happenings.RegainRoutingAsync(Number.Id, TestContext.Current.CancellationToken);
            await ReceiveAsync();
        };
    }

    /// <summary>A revoked token of which the host's first failed send is reported.</summary>
    private async Task ReportAsync()
    {
        var token = CurrentToken();
        token.Revoke();
        IsConnected = false;
        Expect("needs_attention token_invalid", Now, atOnce: true);
        using var graph = new TheGraph();
        var error = (await graph.Answers(Some.Error(190), System.Net.HttpStatusCode.BadRequest).SendAsync(Some.Message)).Error!;
        await accounts.Host.UseAsync<IWhatsAppAccounts, bool>(async one =>
        {
            await one.ReportFailureAsync(AccountId.Parse(name), PhoneNumberId.Parse(Number.Id), AccessToken.Parse(token.Value), error, TestContext.Current.CancellationToken);
            return true;
        });
        _regain = async () =>
        {
            Expect("well_again token_invalid", Now, atOnce: true);
            await ConnectAsync();
        };
    }

    private Task<WebhookDelivery> ReceiveAsync() => accounts.Meta.Webhooks.ReceiveMessageAsync(Number.Id, Ada.Number!, "Ada", "Are you open?", TestContext.Current.CancellationToken);

    /// <summary>The token that it has now: the newest of who granted it.</summary>
    private EmulatedToken CurrentToken() => accounts.Meta.World.IssuedTokens.Last(token => token.UserId == _token.UserId);

    private void Expect(string what, DateTimeOffset at, bool atOnce = false) => Expected.Add(new(what, at, atOnce ? at : at + TheAccounts.Turn));
}
