namespace WhatsAppOnboarding.Stores;

internal sealed class InMemoryNumberBudget : INumberBudget
{
    private readonly Lock _gate = new();
    private readonly List<(PhoneNumberId Number, string Kind, DateTimeOffset At)> _calls = [];

    public Task<NumberAllowance> TakeAsync(PhoneNumberId number, NumberCallLimit limit, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var granted = Within(number, limit, at).Length < limit.Limit;
            if (granted)
                _calls.Add((number, limit.Kind, at));
            return Task.FromResult(NumberAllowance.Of(limit, Within(number, limit, at), granted));
        }
    }

    public Task<NumberAllowance> ReadAsync(PhoneNumberId number, NumberCallLimit limit, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(NumberAllowance.Of(limit, Within(number, limit, at), null));
    }

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(_calls.RemoveAll(call => call.At < before));
    }

    private DateTimeOffset[] Within(PhoneNumberId number, NumberCallLimit limit, DateTimeOffset at) =>
        [.. _calls.Where(call => call.Number == number && call.Kind == limit.Kind && call.At > at - limit.Window).Select(call => call.At)];
}
