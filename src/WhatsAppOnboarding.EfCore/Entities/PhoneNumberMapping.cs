using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Entities;

internal static class PhoneNumberMapping
{
    public static PhoneNumber ToNumber(this PhoneNumberRow row) => new()
    {
        AccountId = AccountId.Parse(row.AccountId),
        PhoneNumberId = PhoneNumberId.Parse(row.PhoneNumberId),
        WabaId = WabaId.Parse(row.WabaId),
        State = row.State,
        Generation = row.Generation,
        ConnectSequence = row.ConnectSequence,
        GrantOrder = row.GrantOrder,
        Token = row.Token is { } ciphertext ? new SealedSecret(ciphertext) : null,
        TokenExpiresAt = row.TokenExpiresAt,
        TokenKeptUntil = row.TokenKeptUntil,
        GrantedBy = row.GrantedBy,
        DisplayPhone = row.DisplayPhone,
        VerifiedName = row.VerifiedName,
        QualityRating = QualityRating.From(row.QualityRating),
        Status = NumberStatus.From(row.Status),
        CodeVerificationStatus = CodeVerificationStatus.From(row.CodeVerificationStatus),
        PlatformType = PlatformType.From(row.PlatformType),
        NameStatus = row.NameStatus,
        NewDisplayName = row.NewDisplayName,
        NewNameStatus = row.NewNameStatus,
        IsOnBizApp = row.IsOnBizApp,
        Evidence = RowJson.ReadOne(row.Signals, new NumberEvidence()) with
        {
            TokenInspectedAt = row.TokenInspectedAt,
            ListedAt = row.ListedAt,
            SubscribedAt = row.SubscribedAt,
            RegisteredAt = row.RegisteredAt,
            RefusedAt = row.RefusedAt,
        },
        IsShared = row.IsShared,
        Told = RowJson.ReadOrNone<string>(row.Told),
        OpenSteps = RowJson.Read<OpenStep>(row.OpenSteps),
        Findings = RowJson.Read<Finding>(row.Findings),
        Pins = RowJson.ReadOrNone<RegistrationPin>(row.Pins),
        Syncs = RowJson.ReadOrNone<NumberSync>(row.Syncs),
        Running = row is { RunningId: { } id, RunningStep: { } step, RunningSince: { } since } ? new RunningStep { Id = id, Step = step, StartedAt = since } : null,
        UnprovedSince = row.UnprovedSince,
        CreatedAt = row.CreatedAt,
        ConnectedAt = row.ConnectedAt,
        DisconnectedAt = row.DisconnectedAt,
        DisconnectReason = row.DisconnectReason,
        DisconnectInitiator = row.DisconnectInitiator,
        Notices = RowJson.ReadOrNone<MetaNotice>(row.Notices),
    };

    /// <summary>Sets every column; EF writes those that differ.</summary>
    public static void Take(this PhoneNumberRow row, PhoneNumber number)
    {
        row.WabaId = number.WabaId.ToString();
        row.State = number.State;
        row.Generation = number.Generation;
        row.ConnectSequence = number.ConnectSequence;
        row.GrantOrder = number.GrantOrder;
        row.Token = number.Token?.Reveal();
        row.TokenExpiresAt = UtcTime.Cut(number.TokenExpiresAt);
        row.TokenKeptUntil = UtcTime.Cut(number.TokenKeptUntil);
        row.GrantedBy = number.GrantedBy;
        row.DisplayPhone = Storable(number.DisplayPhone);
        row.VerifiedName = Storable(number.VerifiedName);
        row.QualityRating = number.QualityRating.IsKnown ? number.QualityRating.ToString() : null;
        row.Status = number.Status.IsKnown ? number.Status.ToString() : null;
        row.CodeVerificationStatus = number.CodeVerificationStatus.IsKnown ? number.CodeVerificationStatus.ToString() : null;
        row.PlatformType = number.PlatformType.IsKnown ? number.PlatformType.ToString() : null;
        row.NameStatus = number.NameStatus;
        row.NewDisplayName = Storable(number.NewDisplayName);
        row.NewNameStatus = number.NewNameStatus;
        row.IsOnBizApp = number.IsOnBizApp;
        row.TokenInspectedAt = UtcTime.Cut(number.Evidence.TokenInspectedAt);
        row.ListedAt = UtcTime.Cut(number.Evidence.ListedAt);
        row.SubscribedAt = UtcTime.Cut(number.Evidence.SubscribedAt);
        row.RegisteredAt = UtcTime.Cut(number.Evidence.RegisteredAt);
        row.RefusedAt = UtcTime.Cut(number.Evidence.RefusedAt);
        row.Signals = SignalsOf(number.Evidence);
        row.IsShared = number.IsShared;
        row.Told = RowJson.WriteOrNone(number.Told);
        row.OpenSteps = RowJson.Write(number.OpenSteps);
        row.Findings = RowJson.Write(number.Findings);
        row.Pins = RowJson.WriteOrNone(number.Pins);
        row.Syncs = RowJson.WriteOrNone(number.Syncs);
        (row.RunningId, row.RunningStep, row.RunningSince) = (number.Running?.Id, number.Running?.Step, UtcTime.Cut(number.Running?.StartedAt));
        row.UnprovedSince = UtcTime.Cut(number.UnprovedSince);
        row.CreatedAt = UtcTime.Cut(number.CreatedAt);
        row.ConnectedAt = UtcTime.Cut(number.ConnectedAt);
        row.DisconnectedAt = UtcTime.Cut(number.DisconnectedAt);
        row.DisconnectReason = number.DisconnectReason;
        row.DisconnectInitiator = number.DisconnectInitiator;
        row.Notices = RowJson.WriteOrNone(number.Notices);
    }

    /// <summary>What has no column of its own; null while there is nothing.</summary>
    private static string? SignalsOf(NumberEvidence evidence)
    {
        var signals = evidence with { TokenInspectedAt = null, ListedAt = null, SubscribedAt = null, RegisteredAt = null, RefusedAt = null };
        return signals == new NumberEvidence() ? null : RowJson.WriteOne(signals);
    }

    // PostgreSQL keeps no U+0000 in text, and one hostile name must not make a whole connect fail.
    private static string? Storable(string? text) => text?.Replace('\0', '\uFFFD');
}
