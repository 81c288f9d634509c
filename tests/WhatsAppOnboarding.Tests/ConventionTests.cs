using System.Reflection;
using System.Text.RegularExpressions;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests;

/// <summary>The house as its plan says it: what is public, how big a room may be.</summary>
public sealed class ConventionTests
{
    private static readonly string Source = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../src"));

    [Fact]
    public void No_room_is_over_200_lines()
    {
        foreach (var file in Directory.GetFiles(Source, "*.cs", SearchOption.AllDirectories).Where(IsSource))
        {
            var text = File.ReadAllText(file);
            text.AsSpan().Count('\n').ShouldBeLessThanOrEqualTo(200, file);
        }
    }

    [Fact]
    public void The_emulator_knows_nothing_of_the_library()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Source, "WhatsAppOnboarding.Testing"), "*.cs", SearchOption.AllDirectories).Where(IsSource))
        {
            if (!file.Contains("/Stores/", StringComparison.Ordinal))
                File.ReadAllText(file).ShouldNotMatch(@"using WhatsAppOnboarding(;|\.(?!Testing))", file);
        }
    }

    [Theory]
    [InlineData("WhatsAppOnboarding")]
    [InlineData("WhatsAppOnboarding.Testing")]
    public void What_is_public_is_sealed_static_or_an_interface(string assembly)
    {
        foreach (var type in Assembly.Load(assembly).GetExportedTypes().Where(type => type.IsClass && !type.IsSealed))
            type.Name.ShouldBe("EventContent");
    }

    [Fact]
    public void What_is_asynchronous_says_so_and_can_be_cancelled()
    {
        foreach (var method in Assembly.Load("WhatsAppOnboarding").GetExportedTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)))
        {
            if (!typeof(Task).IsAssignableFrom(method.ReturnType))
                continue;
            method.Name.ShouldEndWith("Async", Case.Sensitive, method.DeclaringType!.Name);
            method.GetParameters()[^1].ParameterType.ShouldBe(typeof(CancellationToken), method.Name);
        }
    }

    [Fact]
    public void Only_the_transitions_say_what_state_a_number_is_in_and_why_it_went()
    {
        var core = Path.Combine(Source, "WhatsAppOnboarding");
        foreach (var file in Directory.GetFiles(core, "*.cs", SearchOption.AllDirectories).Where(IsSource))
        {
            if (!file.StartsWith(Path.Combine(core, "Numbers"), StringComparison.Ordinal))
                Transitions(File.ReadAllText(file)).ShouldBeEmpty(file);
        }

        Transitions("number with { State = NumberState.Active }").ShouldHaveSingleItem();
        Transitions("number with\n{\n    DisconnectedAt = now,\n    TokenKeptUntil = null,\n}").Count().ShouldBe(2);
        Transitions("view with { State = state, DisconnectedAt = number.DisconnectedAt }; if (number.State == NumberState.Paused)").ShouldBeEmpty();
    }

    /// <summary>Where a text sets what only a transition may set; copies for an answer and comparisons are none.</summary>
    private static IEnumerable<string> Transitions(string text) =>
        Regex.Matches(text, @"(?<![.\w])((State|DisconnectedAt|TokenKeptUntil) = (?!state,|number\.)|GrantedBy = null(?!\)))")
            .Select(match => match.Value);

    private static bool IsSource(string file) => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal);
}
