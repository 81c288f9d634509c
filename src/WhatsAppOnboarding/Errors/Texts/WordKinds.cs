namespace WhatsAppOnboarding.Errors;

/// <summary>What words are about: the first part of their keys.</summary>
internal static class WordKinds
{
    /// <summary>A stable code of the catalogue.</summary>
    public const string Error = "error";

    /// <summary>A step that is open, around its reason <c>{0}</c>; of a step that has no such words the reason says it all. Each has a name, too.</summary>
    public const string Step = "step";

    /// <summary>A step that somebody asked for and that is done.</summary>
    public const string Done = "done";

    /// <summary>Something noticed.</summary>
    public const string Finding = "finding";

    /// <summary>Why a number is not connected any more; by Meta's reason or initiator, too.</summary>
    public const string Disconnect = "disconnect";

    /// <summary>What Meta said, by kind and by Meta's event or reason.</summary>
    public const string Notice = "notice";

    /// <summary>What a WABA may not do, by Meta's type.</summary>
    public const string Restriction = "restriction";

    /// <summary>How a number stands.</summary>
    public const string Standing = "state";

    /// <summary>What keeps a number from receiving or sending, where its code has no words elsewhere; and that nothing does.</summary>
    public const string Readiness = "readiness";

    /// <summary>A good end.</summary>
    public const string Outcome = "outcome";

    /// <summary>The pages that the library writes.</summary>
    public const string Page = "page";

    /// <summary>What the web component says.</summary>
    public const string Component = "component";

    /// <summary>The code that stands in for one without words of its own.</summary>
    public const string Other = "other";
}
