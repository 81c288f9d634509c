using WhatsAppOnboarding.Testing.Faults;

namespace WhatsAppOnboarding.Testing.Graph.Messages;

/// <summary>Contact cards: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/contacts-messages.</summary>
internal static class ContactsContent
{
    private const int Most = 257;
    private static readonly string[] NameParts = ["first_name", "last_name", "middle_name", "suffix", "prefix"];

    public static MetaRefusal? Check(MessagePart root)
    {
        var contacts = root.List("contacts");
        if (contacts.Count == 0)
            throw root.Missing("contacts");
        if (contacts.Count > Most)
            throw new GraphFailure(400, 131009, "(#131009) Parameter value is not valid") { Details = $"Invalid contacts count. Max allowed contacts: {Most}" };

        foreach (var contact in contacts)
        {
            contact.Only("name", "phones", "emails", "addresses", "urls", "org", "birthday");
            var name = contact.Object("name").Only(["formatted_name", .. NameParts]);
            name.Require("formatted_name");
            if (!NameParts.Any(part => name.Text(part) is { Length: > 0 }))
                throw MessagePart.Invalid($"Beside {name.At("formatted_name")} one more part of the name is required.");
            foreach (var phone in contact.List("phones"))
                phone.Only("phone", "type", "wa_id");
        }

        return null;
    }
}
