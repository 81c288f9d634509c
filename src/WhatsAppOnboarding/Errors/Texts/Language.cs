using System.Collections.Frozen;

namespace WhatsAppOnboarding.Errors;

/// <summary>Everything that is said to people, in one language.</summary>
internal sealed class Language
{
    /// <summary>The key of what is said of a finding that has no text of its own.</summary>
    public const string Other = "other";

    /// <summary>Two letters, such as <c>en</c>.</summary>
    public required string Name { get; init; }

    /// <summary>By stable code: what happened, and what to do.</summary>
    public required FrozenDictionary<string, (string Message, string Action)> Errors { get; init; }

    /// <summary>By step: what it means that it is open, around the reason <c>{0}</c>, and what to do; of a step that is not here the reason says it all.</summary>
    public required FrozenDictionary<string, (string Message, string Action)> Steps { get; init; }

    /// <summary>By code: what was noticed.</summary>
    public required FrozenDictionary<string, string> Findings { get; init; }

    /// <summary>By kind of notice, or by kind and reason or event (<c>ban:REINSTATE</c>): what Meta said.</summary>
    public required FrozenDictionary<string, string> Notices { get; init; }

    /// <summary>By key: good ends, and the words of the pages that the library writes.</summary>
    public required FrozenDictionary<string, string> Notes { get; init; }
}

/// <summary>The keys of <see cref="Language.Notes"/>.</summary>
internal static class NoteKeys
{
    public const string Connected = "connected";

    public const string Incomplete = "incomplete";

    public const string Choose = "choose";

    public const string Disconnected = "disconnected";

    public const string DisconnectedHere = "disconnected_here";

    public const string DeletionDone = "deletion_done";

    public const string DeletionWhat = "deletion_what";

    public const string DeletionRest = "deletion_rest";

    public const string Button = "button";

    public const string GoOn = "go_on";
}
