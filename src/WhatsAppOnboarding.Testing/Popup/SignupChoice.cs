using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Testing.Popup;

/// <summary>What the person has chosen so far. New things come into the world only when the signup ends.</summary>
internal sealed record SignupChoice(string Account, string Number, string NewNumber, string NewName)
{
    /// <summary>Value of a choice: something that does not exist yet. For an account, the portfolio's id may follow.</summary>
    public const string New = "new";

    /// <summary>Value of a choice: no number.</summary>
    public const string None = "none";

    public static IReadOnlyList<string> Names { get; } = ["account", "number", "new_number", "new_name"];

    public static SignupChoice Read(IFormCollection? form) => new(
        form?["account"].ToString() ?? "",
        form?["number"].ToString() ?? "",
        form?["new_number"].ToString().Trim() ?? "",
        form?["new_name"].ToString().Trim() ?? "");

    public string this[string name] => name switch
    {
        "account" => Account,
        "number" => Number,
        "new_number" => NewNumber,
        _ => NewName,
    };

    /// <summary>The choice that a scripted ending stands for.</summary>
    public static SignupChoice Of(PopupEnding ending, MetaWorld world) => new(
        ending.WabaIds is [var first, ..] ? first : world.Wabas.Count > 0 ? world.Wabas[0].Id : New,
        ending.PhoneNumberId ?? "",
        "",
        "");

    public EmulatedWaba? FindWaba(MetaWorld world) => world.FindWaba(Account);
}
