using System.Text.RegularExpressions;

namespace WhatsAppOnboarding.Tests.Conventions;

/// <summary>A number changes its state in one place.</summary>
public sealed class TransitionTests
{
    [Fact]
    public void Only_the_transitions_say_what_state_a_number_is_in_and_why_it_went()
    {
        foreach (var file in SourceCode.Files().Select(file => (Path: file, Name: SourceCode.RelativePath(file)!)))
        {
            if (file.Name.StartsWith(SourceCode.Core + "/", StringComparison.Ordinal) && !file.Name.StartsWith(SourceCode.Core + "/Numbers/", StringComparison.Ordinal))
                Transitions(File.ReadAllText(file.Path)).ShouldBeEmpty(file.Name);
        }

        Transitions("number with { State = NumberState.Active }").ShouldHaveSingleItem();
        Transitions("number with\n{\n    DisconnectedAt = now,\n    TokenKeptUntil = null,\n}").Count().ShouldBe(2);
        Transitions("view with { State = state, DisconnectedAt = number.DisconnectedAt }; if (number.State == NumberState.Paused)").ShouldBeEmpty();
    }

    /// <summary>Where a text sets what only a transition may set; copies for an answer and comparisons are none.</summary>
    private static IEnumerable<string> Transitions(string text) =>
        Regex.Matches(text, @"(?<![.\w])((State|DisconnectedAt|TokenKeptUntil) = (?!state,|number\.)|GrantedBy = null(?!\)))")
            .Select(match => match.Value);
}
