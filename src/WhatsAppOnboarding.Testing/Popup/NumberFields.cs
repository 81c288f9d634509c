using WhatsAppOnboarding.Testing.Pages;

namespace WhatsAppOnboarding.Testing.Popup;

/// <summary>Second step: which number, a new one that is not verified, or none.</summary>
internal static class NumberFields
{
    public static Markup Render(EmulatedWaba? waba)
    {
        var numbers = waba?.Numbers ?? [];
        var checkedValue = numbers.Count > 0 ? numbers[0].Id : SignupChoice.New;
        return $"""
            <fieldset>
            <legend>Phone number</legend>
            {numbers.Select(number => Choice(number.Id, number.DisplayPhoneNumber, $"{number.VerifiedName}, {number.Status}", checkedValue))}
            {Choice(SignupChoice.New, "A new number", "not verified yet", checkedValue)}
            {Choice(SignupChoice.None, "No number", "only the account", checkedValue)}
            </fieldset>
            <fieldset>
            <legend>If it is a new number</legend>
            <label>Number <input name="new_number" type="tel" maxlength="30" autocomplete="off" value="{NumberText.Suggest(waba)}"></label>
            <label>Name that customers see <input name="new_name" maxlength="100" autocomplete="off" value="{waba?.Name ?? "New business"}"></label>
            </fieldset>
            """;
    }

    private static Markup Choice(string value, string name, string more, string checkedValue) =>
        Radio.Choice("number", value, name, more, value == checkedValue);
}
