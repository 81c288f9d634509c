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
        Vocabulary          |
        Diagnostics         |
        Browser             |
        Errors              | Errors.Texts
        Errors.Texts        | Errors
        Graph               | Vocabulary Diagnostics
        PhoneNumbers        | Vocabulary Errors Errors.Texts
        AccountEvents       | Vocabulary PhoneNumbers
        WebhookLedger       | Vocabulary
        Http                | Vocabulary Errors Errors.Texts

        Steps               | Vocabulary Errors Graph PhoneNumbers
        Attempts            | Vocabulary Errors Errors.Texts Graph PhoneNumbers Steps Http
        Grants              | Vocabulary Errors Graph PhoneNumbers Steps Attempts
        Connect             | Vocabulary Diagnostics Errors Errors.Texts Graph PhoneNumbers AccountEvents Steps Http Attempts Grants
        Status              | Vocabulary Errors.Texts PhoneNumbers Steps Http
        StepRequests        | Vocabulary Errors Graph PhoneNumbers Steps Http Status
        PinReading          | Vocabulary Errors PhoneNumbers AccountEvents Http
        Disconnect          | Vocabulary Diagnostics Errors Errors.Texts Graph PhoneNumbers AccountEvents Steps Http Attempts WebhookLedger
        Upkeep              | Vocabulary PhoneNumbers Steps Attempts MetaNotices WebhookLedger

        MetaNotices         | Vocabulary Graph PhoneNumbers AccountEvents
        SignedRequests      | Vocabulary Errors Errors.Texts PhoneNumbers MetaNotices Http
        WebhookSetup        | Errors Graph Steps Http
        Webhooks.Events     |
        Webhooks.Routing    | Vocabulary PhoneNumbers Attempts Webhooks
        Webhooks.Handling   | Vocabulary PhoneNumbers WebhookLedger Webhooks Webhooks.Routing
        Webhooks            | Vocabulary Diagnostics WebhookLedger MetaNotices Webhooks.Events Webhooks.Routing Webhooks.Handling

        EfCore/Entities     | Vocabulary PhoneNumbers Attempts WebhookLedger
        EfCore/Stores       | Vocabulary PhoneNumbers Attempts Steps WebhookLedger EfCore/Entities
        EfCore/References   | Vocabulary PhoneNumbers Root EfCore/Stores
        EfCore/ModelCheck   | PhoneNumbers Root EfCore/Entities EfCore/Stores EfCore/References

        Testing/Stores      | Vocabulary PhoneNumbers Attempts Steps WebhookLedger Root
        Emulator            |
        """);

    /// <summary>Known violations: a file, and the room that it should not know. To be paid, not to be added to.</summary>
    public static readonly FrozenDictionary<string, string[]> Debts = Rows("""
        WhatsAppOnboarding/Connect/AttemptLimits.cs                           | Root
        WhatsAppOnboarding/Connect/CallbackEndpoint.cs                        | Root
        WhatsAppOnboarding/Connect/ConnectStart.cs                            | Root
        WhatsAppOnboarding/Connect/PopupStart.cs                              | Root
        WhatsAppOnboarding/Connect/ReturnPath.cs                              | Root
        WhatsAppOnboarding/Grants/GrantInspection.cs                          | Root
        WhatsAppOnboarding/Grants/GrantListing.cs                             | Root
        WhatsAppOnboarding/Grants/NumberQuestion.cs                           | Root
        WhatsAppOnboarding/Http/AccountPrincipal.cs                           | Root
        WhatsAppOnboarding/Http/PublicAddress.cs                              | Root
        WhatsAppOnboarding/Http/SameOrigin.cs                                 | Root
        WhatsAppOnboarding/MetaNotices/AccountUpdateReader.cs                 | Webhooks.Events
        WhatsAppOnboarding/MetaNotices/NoticeFollower.cs                      | Root Webhooks.Events
        WhatsAppOnboarding/MetaNotices/NoticeReader.cs                        | Webhooks.Events
        WhatsAppOnboarding/MetaNotices/SharedProofs.cs                        | Root
        WhatsAppOnboarding/SignedRequests/DataDeletionEndpoint.cs             | Root
        WhatsAppOnboarding/SignedRequests/Grantors.cs                         | Root
        WhatsAppOnboarding/SignedRequests/SignedRequestReader.cs              | Root
        WhatsAppOnboarding/Status/StatusReader.cs                             | Root
        WhatsAppOnboarding/Steps/WebhookOverride.cs                           | Root
        WhatsAppOnboarding/Upkeep/Housekeeping.cs                             | Root
        WhatsAppOnboarding/WebhookSetup/AppWebhookSetup.cs                    | Root
        WhatsAppOnboarding/WebhookSetup/NeededWebhooks.cs                     | Root
        WhatsAppOnboarding/Webhooks/DeliveryEndpoint.cs                       | Root
        WhatsAppOnboarding/Webhooks/DeliveryGate.cs                           | Root
        WhatsAppOnboarding/Webhooks/DeliveryNotices.cs                        | Root
        WhatsAppOnboarding/Webhooks/DeliveryWork.cs                           | Root
        WhatsAppOnboarding/Webhooks/Handling/AccountSlots.cs                  | Root
        WhatsAppOnboarding/Webhooks/Handling/LedgerFailures.cs                | Root
        WhatsAppOnboarding/Webhooks/Handling/ParkedWebhooks.cs                | Root
        WhatsAppOnboarding/Webhooks/Handling/WebhookDispatch.cs               | Root
        WhatsAppOnboarding/Webhooks/HandshakeEndpoint.cs                      | Root
        WhatsAppOnboarding/Webhooks/Routing/RoutingCache.cs                   | Root
        WhatsAppOnboarding/Webhooks/Routing/WebhookRouter.cs                  | Root
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
