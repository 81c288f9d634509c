using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Entities;

internal static class AccountMapping
{
    public static AccountPhoneNumbers ToAccount(this AccountReferenceRow? row, AccountId account) => row is null
        ? AccountPhoneNumbers.None(account)
        : new AccountPhoneNumbers(row.ToReference(account), [.. row.Numbers.Select(number => number.ToNumber())]);

    public static void Take(this AccountReferenceRow row, AccountWabaReference reference)
    {
        row.WabaId = reference.WabaId?.ToString();
        row.Version = reference.Version;
        row.ConnectSequence = reference.ConnectSequence;
    }

    private static AccountWabaReference ToReference(this AccountReferenceRow row, AccountId account)
    {
        if (row.AccountId != account.ToString())
        {
            throw new InvalidOperationException(
                $"The database answered the row of account '{row.AccountId}' when asked for '{account}'. "
                + "Give the AccountId columns of the WhatsApp tables a collation that compares case and accents.");
        }

        return new AccountWabaReference
        {
            AccountId = account,
            WabaId = row.WabaId is { } id ? WabaId.Parse(id) : null,
            Version = row.Version,
            ConnectSequence = row.ConnectSequence,
        };
    }
}
