using System.Globalization;
using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Events;

/// <summary>What values that belong to one number have in common.</summary>
internal static class NumberValue
{
    /// <summary>A change that names its number in <c>metadata</c>; its entry has no time.</summary>
    public static WebhookChange Of(EmulatedNumber number, string field, params (string Name, JsonNode? Items)[] lists)
    {
        var value = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject { ["display_phone_number"] = number.Digits, ["phone_number_id"] = number.Id },
        };
        foreach (var (name, items) in lists.Where(list => list.Items is not null))
            value[name] = items;
        return new WebhookChange(number.Waba.Id, field, value) { WabaId = number.Waba.Id };
    }

    public static JsonObject Contact(EmulatedCustomer customer)
    {
        var profile = new JsonObject { ["name"] = customer.Name };
        if (customer.Username is not null)
            profile["username"] = customer.Username;
        var contact = new JsonObject { ["profile"] = profile, ["user_id"] = customer.UserId };
        if (customer.Number is not null)
            contact["wa_id"] = customer.Digits;
        return contact;
    }

    public static JsonObject Error(int code, string title, string? details)
    {
        var error = new JsonObject { ["code"] = code, ["title"] = title, ["message"] = title };
        if (details is not null)
            error["error_data"] = new JsonObject { ["details"] = details };
        error["href"] = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/";
        return error;
    }

    public static JsonObject With(this JsonObject item, JsonObject? more)
    {
        foreach (var (name, node) in more ?? [])
            item[name] = node?.DeepClone();
        return item;
    }

    /// <summary>Unix seconds as text, as messages and statuses have them.</summary>
    public static string Seconds(this EmulatedNumber number) => number.Waba.Owner.World.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
