using System.Text.RegularExpressions;

namespace WhatsAppOnboarding.Testing.Graph.Messages;

/// <summary>Who a message goes to: <c>to</c>, a telephone number, or <c>recipient</c>, a business-scoped user id. With both, <c>to</c> counts.</summary>
/// <param name="Input">As it was sent.</param>
/// <param name="Digits">The telephone number; empty when it is not known.</param>
/// <param name="UserId">The user id.</param>
internal sealed partial record Recipient(string Input, string Digits, string UserId)
{
    /// <summary>Whether it was named by user id.</summary>
    public bool IsUserId { get; private init; }

    /// <summary>Whether a user id stands in <c>to</c>: Meta takes its digits for a telephone number, answers 200, and nobody ever gets the message.</summary>
    public bool IsNobody { get; private init; }

    public static Recipient Read(GraphRequest request)
    {
        var type = request.Parameters["recipient_type"] ?? "individual";
        if (type == "group")
            throw new GraphFailure(400, 100, "(#100) The emulator has no groups.");
        if (type != "individual")
            throw new GraphFailure(400, 100, "(#100) Param recipient_type must be one of {individual, group}");
        return request.Parameters["to"] is { Length: > 0 } to ? ByNumber(request, to)
            : request.Parameters["recipient"] is { Length: > 0 } recipient ? ByUserId(request, recipient)
            : throw new GraphFailure(400, 100, "(#100) The parameter to is required.");
    }

    private static Recipient ByNumber(GraphRequest request, string to)
    {
        var digits = string.Concat(to.Where(char.IsAsciiDigit));
        if (UserIdPattern().IsMatch(to))
            return new Recipient(to, digits, "") { IsNobody = true };
        if (!NumberPattern().IsMatch(to) || digits.Length is 0 or > 15)
            throw new GraphFailure(400, 131009, "(#131009) Parameter value is not valid") { Details = "The phone number is malformed: Please use the format: +1234567890." };
        return new Recipient(to, digits, request.World.Talks.LastOf(digits, "")?.CustomerUserId ?? new EmulatedCustomer(to, to).UserId);
    }

    private static Recipient ByUserId(GraphRequest request, string userId)
    {
        if (!UserIdPattern().IsMatch(userId))
            throw new GraphFailure(400, 131009, "(#131009) Parameter value is not valid") { Details = "The recipient is no business-scoped user id." };
        return new Recipient(userId, request.World.Talks.LastOf("", userId)?.Customer ?? "", userId) { IsUserId = true };
    }

    // The second form belongs to a parent portfolio.
    [GeneratedRegex(@"^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}\z")]
    private static partial Regex UserIdPattern();

    [GeneratedRegex(@"^\+?[0-9 ().\-]+\z")]
    private static partial Regex NumberPattern();
}
