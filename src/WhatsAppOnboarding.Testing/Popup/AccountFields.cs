using WhatsAppOnboarding.Testing.Pages;

namespace WhatsAppOnboarding.Testing.Popup;

/// <summary>First step: which WABA of which portfolio.</summary>
internal static class AccountFields
{
    public static Markup Render(MetaWorld world)
    {
        // One that nobody has connected yet, while there is one: who comes second need not take what is the first one's.
        var first = world.Businesses.SelectMany(business => business.Wabas).OrderBy(waba => waba.IsAppSubscribed).FirstOrDefault();
        var checkedValue = first?.Id ?? Values(world).First();
        return $"""
            {world.Businesses.Select(business => Business(business, checkedValue))}
            {(world.Businesses.Count > 0 ? null : Choice(SignupChoice.New, "A new business", "with a new WhatsApp account", checkedValue))}
            """;
    }

    private static IEnumerable<string> Values(MetaWorld world) => world.Businesses.Select(NewIn).Append(SignupChoice.New);

    private static string NewIn(EmulatedBusiness business) => $"{SignupChoice.New}:{business.Id}";

    private static Markup Business(EmulatedBusiness business, string checkedValue) => $"""
        <fieldset>
        <legend>{business.Name}</legend>
        {business.Wabas.Select(waba => Choice(waba.Id, waba.Name, "WhatsApp account " + waba.Id, checkedValue))}
        {Choice(NewIn(business), "A new WhatsApp account", "", checkedValue)}
        </fieldset>

        """;

    private static Markup Choice(string value, string name, string more, string checkedValue) =>
        Radio.Choice("account", value, name, more, value == checkedValue);
}
