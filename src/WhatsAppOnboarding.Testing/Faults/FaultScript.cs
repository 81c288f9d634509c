using WhatsAppOnboarding.Testing.Faults;

namespace WhatsAppOnboarding.Testing;

/// <summary>What shall go wrong, in the order in which it was said.</summary>
public sealed class FaultScript
{
    private readonly Lock _gate = new();
    private readonly List<PlannedFault> _faults = [];
    private readonly List<(string Operation, HeldCall Held)> _holds = [];
    private readonly List<HeldCall> _standing = [];

    internal FaultScript()
    {
    }

    /// <summary>Lets the next calls of an operation go wrong.</summary>
    /// <param name="operation">One of <see cref="GraphOperations"/>.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="times">How many calls; <see cref="int.MaxValue"/> for all until <see cref="Clear"/>.</param>
    /// <param name="when">Which calls; null for any. The call is not answered yet.</param>
    public FaultScript On(string operation, Fault fault, int times = 1, Func<RecordedCall, bool>? when = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        lock (_gate)
            _faults.Add(new PlannedFault(operation, fault, when) { Left = times });
        return this;
    }

    /// <summary>Stops the next call of an operation until it is released. A fault planned for it acts afterwards.</summary>
    /// <param name="operation">One of <see cref="GraphOperations"/>.</param>
    /// <param name="afterEffect">False: before anything happens at Meta. True: after it happened, before the answer.</param>
    public HeldCall Hold(string operation, bool afterEffect = false)
    {
        var held = new HeldCall(afterEffect);
        lock (_gate)
            _holds.Add((operation, held));
        return held;
    }

    /// <summary>Forgets all planned faults and lets held calls go.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
            _holds.Clear();
            foreach (var held in _standing)
                held.Release();
            _standing.Clear();
        }
    }

    internal (HeldCall? Held, Fault? Fault) Take(RecordedCall call)
    {
        lock (_gate)
        {
            var hold = _holds.FindIndex(planned => planned.Operation == call.Operation);
            var held = hold < 0 ? null : _holds[hold].Held;
            if (held is not null)
            {
                _holds.RemoveAt(hold);
                _standing.Add(held);
            }

            var planned = _faults.Find(planned => planned.Concerns(call));
            if (planned is not null && planned.Left != int.MaxValue && --planned.Left == 0)
                _faults.Remove(planned);
            return (held, planned?.Fault);
        }
    }
}
