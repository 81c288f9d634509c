using WhatsAppOnboarding;
using WhatsAppOnboarding.Graph;

internal static class Reminder
{
    public static void MapReminder(this WebApplication app) => app.MapPost("/remind", async (string from, Messenger messenger) =>
    {
        var (account, number) = (AccountId.Parse("7"), PhoneNumberId.Parse(from));
        //@ README.md#template
    });
}
