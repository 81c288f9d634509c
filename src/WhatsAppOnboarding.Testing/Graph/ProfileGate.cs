namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>Who may see and change the business profile of a number. Which of the two permissions Meta asks for is not known: one is enough.</summary>
internal static class ProfileGate
{
    public static EmulatedProfile RequireProfile(this GraphRequest request)
    {
        var token = request.RequireToken();
        var number = request.RequireNumber(token);
        if (!token.Scopes.Contains("whatsapp_business_messaging"))
            token.RequireScope("whatsapp_business_management");
        return number.Profile;
    }
}
