namespace WhatsAppOnboarding.Tests.Conventions;

/// <summary>Holds the source to <see cref="FolderRules"/>, by what each name really stands for.</summary>
public sealed class FolderTests
{
    [Fact]
    public void A_room_knows_only_the_rooms_that_it_may_know() =>
        FolderRules.Forbidden(Uses.All).DistinctBy(use => (use.File, FolderRules.RoomOf(use.Declared))).ShouldBeEmptyList();

    [Fact]
    public void A_room_that_need_not_be_known_may_not_be_known()
    {
        var used = FolderRules.Leaving(Uses.All).Select(use => (FolderRules.RoomOf(use.File), FolderRules.RoomOf(use.Declared))).ToHashSet();

        FolderRules.MayKnow.SelectMany(row => row.Value.Select(known => (Room: row.Key, Known: known))).Where(row => !used.Contains(row))
            .Select(row => $"{row.Room} does not use {row.Known}").ShouldBeEmptyList();
    }

    [Fact]
    public void Every_folder_has_a_row_and_every_row_a_folder()
    {
        var rooms = SourceCode.Files().Select(file => FolderRules.RoomOf(SourceCode.RelativePath(file)!)).Where(room => !FolderRules.Composes(room)).ToHashSet();

        rooms.Except(FolderRules.MayKnow.Keys).Select(room => $"{room} has no row")
            .Concat(FolderRules.MayKnow.Keys.Except(rooms).Select(room => $"{room} has no folder")).ShouldBeEmptyList();
    }

    [Fact]
    public void Top_level_folders_do_not_go_round_in_circles()
    {
        var left = FolderRules.Leaving(Uses.All)
            .Select(use => (From: FolderRules.TopOf(FolderRules.RoomOf(use.File)), To: FolderRules.TopOf(FolderRules.RoomOf(use.Declared))))
            .Where(edge => edge.From != edge.To).ToHashSet();

        // Takes away who knows nobody, and who is known by nobody, until only circles and what lies between them are left.
        while (left.RemoveWhere(edge => left.All(other => other.From != edge.To) || left.All(other => other.To != edge.From)) > 0)
        {
        }

        left.Select(edge => $"{edge.From} uses {edge.To}").ShouldBeEmptyList();
    }

    [Fact]
    public void The_emulator_knows_nothing_of_the_library() =>
        FolderRules.Leaving(Uses.All).Where(use => FolderRules.RoomOf(use.File) == FolderRules.Emulator).ShouldBeEmptyList();

    [Fact]
    public void No_name_is_left_unresolved() => Uses.Unresolved.ShouldBeEmptyList();
}

internal static class Lists
{
    /// <summary>Says the whole list, one a line, when it is not empty.</summary>
    public static void ShouldBeEmptyList<T>(this IEnumerable<T> list)
    {
        var lines = list.Select(line => $"{line}").Order(StringComparer.Ordinal).ToArray();
        if (lines.Length > 0)
            Assert.Fail($"{lines.Length} found:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
    }
}
