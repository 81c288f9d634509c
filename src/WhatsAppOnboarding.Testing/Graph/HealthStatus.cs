using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>health_status</c>: who stands between a number and its messages, and what is wrong there. The whole is as bad as its worst part.</summary>
internal static class HealthStatus
{
    private const int NoPaymentMethod = 141006;

    public static JsonObject Of(EmulatorCore core, EmulatedNumber number) => Whole(
        Entity("PHONE_NUMBER", number.Id, Of(number), number.HealthFindings),
        Entity("WABA", number.Waba.Id, Of(number.Waba), [.. Payment(number.Waba), .. number.HealthFindings]),
        Entity("BUSINESS", number.Waba.Owner.Id, "AVAILABLE", number.HealthFindings),
        Entity("APP", core.AppId, "AVAILABLE", number.HealthFindings));

    public static JsonObject Of(EmulatorCore core, EmulatedWaba waba) => Whole(
        Entity("WABA", waba.Id, Of(waba), Payment(waba)),
        Entity("BUSINESS", waba.Owner.Id, "AVAILABLE", []),
        Entity("APP", core.AppId, "AVAILABLE", []));

    private static string Of(EmulatedWaba waba) => waba.IsDisabled ? "BLOCKED" : waba.Restriction is null ? "AVAILABLE" : "LIMITED";

    private static string Of(EmulatedNumber number) =>
        number.Status is "RATE_LIMITED" || (number.Status is "FLAGGED" && number.SendRefusal is null) ? "LIMITED"
        : number.SendRefusal is null ? "AVAILABLE"
        : "BLOCKED";

    private static IReadOnlyList<EmulatedHealthFinding> Payment(EmulatedWaba waba) => waba.HasPaymentMethod ? [] :
    [
        new()
        {
            EntityType = "WABA",
            Code = NoPaymentMethod,
            CanSendMessage = "BLOCKED",
            Description = "There is an error with the payment method. This will block business initiated conversations.",
            Solution = "There was an error with your payment method. Please add a new payment method to the account.",
        },
    ];

    private static JsonObject Entity(string type, string id, string state, IReadOnlyList<EmulatedHealthFinding> findings)
    {
        var own = findings.Where(finding => finding.EntityType == type).ToList();
        var entity = new JsonObject
        {
            ["entity_type"] = type,
            ["id"] = id,
            ["can_send_message"] = Worst(own.Select(finding => finding.CanSendMessage).Append(state)),
        };
        if (own.Count > 0)
            entity["errors"] = new JsonArray([.. own.Select(Error)]);
        return entity;
    }

    private static JsonObject Error(EmulatedHealthFinding finding)
    {
        var error = new JsonObject { ["error_code"] = finding.Code, ["error_description"] = finding.Description };
        if (finding.Solution is not null)
            error["possible_solution"] = finding.Solution;
        return error;
    }

    private static JsonObject Whole(params JsonObject[] entities) => new()
    {
        ["can_send_message"] = Worst(entities.Select(entity => (string)entity["can_send_message"]!)),
        ["entities"] = new JsonArray([.. entities]),
    };

    private static string Worst(IEnumerable<string> states)
    {
        var all = states.ToHashSet();
        return all.Contains("BLOCKED") ? "BLOCKED" : all.Contains("LIMITED") ? "LIMITED" : "AVAILABLE";
    }
}
