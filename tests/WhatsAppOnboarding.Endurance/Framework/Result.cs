namespace WhatsAppOnboarding.Endurance.Framework;

/// <summary>A figure and its goal.</summary>
internal sealed record Result(string Name, double Figure, string Unit, string Goal, bool Holds)
{
    public static Result AtLeast(string name, double figure, string unit, double goal) => new(name, figure, unit, $"at least {goal:#,0.##}", figure >= goal);

    public static Result AtMost(string name, double figure, string unit, double goal) => new(name, figure, unit, $"at most {goal:#,0.##}", figure <= goal);

    public static Result Below(string name, double figure, string unit, double goal) => new(name, figure, unit, $"below {goal:#,0.##}", figure < goal);

    public override string ToString() => $"{Name}: {Figure:#,0.##} {Unit} (goal {Goal}{(Holds ? "" : ": missed")})";
}
