namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>What all calls that register, verify or protect a number ask for.</summary>
internal static class NumberGate
{
    public static EmulatedNumber RequireOwnNumber(this GraphRequest request)
    {
        var token = request.RequireToken();
        var number = request.RequireNumber(token);
        token.RequireScope("whatsapp_business_management");
        token.RequireScope("whatsapp_business_messaging", code: 10);
        return number;
    }

    public static void RequireWhatsApp(this GraphRequest request)
    {
        if (request.Parameters["messaging_product"] != "whatsapp")
            throw new GraphFailure(400, 100, "(#100) The parameter messaging_product is required.");
    }

    /// <summary>A PIN of six digits.</summary>
    public static string RequirePin(this GraphRequest request)
    {
        var pin = request.Require("pin");
        return pin.Length == 6 && pin.All(char.IsAsciiDigit) ? pin
            : throw new GraphFailure(400, 100, "(#100) Param pin must be 6 characters long and contain only digits.");
    }

    /// <summary>Registration belongs to the phone while a number is on the WhatsApp Business app.</summary>
    public static void RefuseCoexistence(this EmulatedNumber number)
    {
        if (number.IsCoexistence)
            throw new GraphFailure(400, 100, "(#100) Invalid parameter") { Details = "This number is used with the WhatsApp Business app." };
    }
}
