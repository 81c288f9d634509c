namespace WhatsAppOnboarding.Webhooks;

/// <summary>An item and one account that receives it.</summary>
internal sealed record RoutedItem(AccountId AccountId, WabaId WabaId, WebhookItem Item)
{
    public WebhookEvent ToEvent(DateTimeOffset receivedAt) => new()
    {
        AccountId = AccountId,
        WabaId = WabaId,
        PhoneNumberId = Item.Change.Number,
        Key = Item.Key,
        Field = Item.Change.Field,
        Content = Item.Content,
        Item = Item.Part,
        Value = Item.Change.Value,
        EntryTime = Item.Change.EntryTime,
        ReceivedAt = receivedAt,
    };
}
