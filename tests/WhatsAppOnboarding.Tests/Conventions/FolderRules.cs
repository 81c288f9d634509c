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
        Browser             |
        Hosting             |
        Errors              |
        Graph               |
        Numbers             |
        AccountEvents       |
        Stores              |
        Setup               |
        Connect             |
        Status              |
        Disconnect          |
        Notices             |
        Webhooks.Events     |
        Webhooks.Routing    |
        Webhooks.Handling   |
        Webhooks.Setup      |
        Webhooks            |
        Upkeep              |
        EfCore/Entities     |
        EfCore/Stores       |
        EfCore/References   |
        EfCore/ModelCheck   |
        Testing/Stores      |
        Emulator            |
        """);

    /// <summary>Known violations: a file, and the room that it should not know. To be paid, not to be added to.</summary>
    public static readonly FrozenDictionary<string, string[]> Debts = Rows("""

        """);

    /// <summary>What is composed here, and may therefore know every room.</summary>
    public static bool Composes(string room) => room == Root || room.EndsWith("/" + Root, StringComparison.Ordinal);

    /// <summary>The room of a file below the source folder: the innermost one that has a row.</summary>
    public static string RoomOf(string file)
    {
        var folders = file.Split('/')[..^1];
        var package = folders[0][SourceCode.Core.Length..].TrimStart('.');
        if (package == "Testing" && folders.ElementAtOrDefault(1) != "Stores")
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

    /// <summary>The uses that no row allows, the debts among them.</summary>
    public static IEnumerable<Use> Forbidden(IEnumerable<Use> uses) =>
        Leaving(uses).Where(use => RoomOf(use.File) is var room && !Composes(room) && !MayKnow.GetValueOrDefault(room, []).Contains(RoomOf(use.Declared)));

    public static bool IsDebt(Use use) => Debts.GetValueOrDefault(use.File, []).Contains(RoomOf(use.Declared));

    private static FrozenDictionary<string, string[]> Rows(string table) => table
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(row => row.Split('|', StringSplitOptions.TrimEntries))
        .ToFrozenDictionary(row => row[0], row => row[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
