using System.Collections.Frozen;

namespace WhatsAppOnboarding.Tests.Conventions;

/// <summary>
/// Who may know whom. A room is a top-level folder of the core; an inner folder with a row of its own is one too, and is named with a dot. The files beside
/// the project file are <c>Root</c>. Rooms of other packages have the package before them. The emulator is one room: its folders may know each other.
/// </summary>
internal static class FolderRules
{
    public const string Root = "Root";
    public const string Emulator = "Emulator";

    /// <summary>Each room, and all rooms that it may know. What is not needed may not stand here.</summary>
    public static readonly FrozenDictionary<string, string[]> MayKnow = Rows("""
        Configuration       |
        Vocabulary          |
        Browser             | Errors Hosting
        Errors              | Vocabulary
        Hosting             | Configuration Vocabulary Errors
        Graph               | Vocabulary Errors Hosting
        Numbers             | Vocabulary Errors
        Stores              | Configuration Vocabulary Hosting Numbers
        AccountEvents       | Vocabulary Hosting Numbers Stores

        Status              | Configuration Vocabulary Errors Numbers Stores
        Setup               | Configuration Vocabulary Errors Hosting Graph Numbers AccountEvents Stores Status
        Connect             | Configuration Vocabulary Errors Hosting Graph Numbers AccountEvents Stores Setup
        Disconnect          | Vocabulary Errors Hosting Graph Numbers AccountEvents Stores Setup
        Notices             | Configuration Vocabulary Errors Hosting Graph Numbers AccountEvents Stores Webhooks Webhooks.Events
        Upkeep              | Configuration Vocabulary Errors Hosting Graph Numbers AccountEvents Stores Setup Connect Disconnect Notices Webhooks Webhooks.Setup

        Webhooks            | Configuration Vocabulary Hosting Numbers Webhooks.Events Webhooks.Routing Webhooks.Handling Webhooks.Setup
        Webhooks.Events     | Vocabulary Numbers Webhooks
        Webhooks.Routing    | Configuration Vocabulary Hosting Numbers Stores Webhooks Webhooks.Events
        Webhooks.Handling   | Configuration Vocabulary Hosting Numbers Stores Webhooks Webhooks.Routing
        Webhooks.Setup      | Configuration Errors Hosting Graph Webhooks

        EfCore/Entities     | Vocabulary Numbers Stores Webhooks
        EfCore/Stores       | Vocabulary Numbers Stores EfCore/Entities
        EfCore/Inbox        | Configuration Stores Webhooks EfCore/Entities EfCore/Stores
        EfCore/References   | Configuration Vocabulary Numbers Stores EfCore/Stores
        EfCore/ModelCheck   | Configuration EfCore/Entities EfCore/Stores EfCore/References

        RabbitMq/Configuration |
        RabbitMq/Broker     | Webhooks RabbitMq/Configuration
        RabbitMq/Intake     | Configuration Webhooks RabbitMq/Broker
        RabbitMq/Work       | Configuration Stores Webhooks RabbitMq/Configuration RabbitMq/Broker RabbitMq/Intake

        Testing/Stores      | Configuration Vocabulary Numbers Stores Webhooks
        Testing/Beside      | Configuration Emulator
        Emulator            |
        """);

    /// <summary>What is composed here, and may therefore know every room.</summary>
    public static bool Composes(string room) => room == Root || room.EndsWith("/" + Root, StringComparison.Ordinal);

    /// <summary>The room of a file below the source folder: the innermost one that has a row.</summary>
    public static string RoomOf(string file)
    {
        var folders = file.Split('/')[..^1];
        var package = folders[0][SourceCode.Core.Length..].TrimStart('.');
        if (package == "Testing" && folders.ElementAtOrDefault(1) is not ("Stores" or "Beside"))
            return Emulator;
        var prefix = package.Length == 0 ? "" : package + "/";
        for (var depth = folders.Length; depth > 1; depth--)
        {
            var room = prefix + string.Join('.', folders[1..depth]);
            if (depth == 2 || MayKnow.ContainsKey(room))
                return room;
        }

        return prefix + Root;
    }

    /// <summary>The top-level folder that a room is in.</summary>
    public static string TopOf(string room) => room.Split('.')[0];

    /// <summary>The uses that leave their room.</summary>
    public static IEnumerable<Use> Leaving(IEnumerable<Use> uses) => uses.Where(use => RoomOf(use.File) != RoomOf(use.Declared));

    /// <summary>The uses that no row allows.</summary>
    public static IEnumerable<Use> Forbidden(IEnumerable<Use> uses) =>
        Leaving(uses).Where(use => RoomOf(use.File) is var room && !Composes(room) && !MayKnow.GetValueOrDefault(room, []).Contains(RoomOf(use.Declared)));

    private static FrozenDictionary<string, string[]> Rows(string table) => table
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(row => row.Split('|', StringSplitOptions.TrimEntries))
        .ToFrozenDictionary(row => row[0], row => row[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
