using System.Text.Json;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Webhooks;

/// <summary>Facts that Meta leaves empty, or writes in another place than its page says.</summary>
public sealed class OddShapeTests
{
    [Theory]
    [InlineData("messaging_handovers", """ "metadata":{"phone_number_id":""},"recipient":{"phone_number_id":"106"} """)]
    [InlineData("messaging_handovers", """ "metadata":{"phone_number_id":null},"recipient":{"phone_number_id":106} """)]
    [InlineData("messages", """ "metadata":{"phone_number_id":"106"},"recipient":{"phone_number_id":"107"} """)]
    public void The_number_is_the_one_that_is_said(string field, string value) => Change(field, value).Number.ShouldBe(PhoneNumberId.Parse("106"));

    [Theory]
    [InlineData("account_update", "\"\"", false)]
    [InlineData("account_update", "null", false)]
    [InlineData("account_update", "\"106\"", true)]
    [InlineData("account_update", "{}", true)]
    [InlineData("messages", "\"\"", true)]
    [InlineData("a_new_field", "\"\"", true)]
    public void An_empty_number_is_none_but_where_others_of_the_WABA_must_not_see_it(string field, string id, bool aboutNumber) =>
        Change(field, $$$""" "metadata":{"phone_number_id":{{{id}}}} """).IsAboutNumber.ShouldBe(aboutNumber);

    [Theory]
    [InlineData(""" "alert_info":{"alert_severity":"CRITICAL","alert_type":"OBA_APPROVED"} """)]
    [InlineData(""" "alert_severity":"CRITICAL","alert_type":"OBA_APPROVED" """)]
    public void An_alert_says_so_in_its_info_or_beside_the_entity(string alert)
    {
        var told = AccountAlerted.Read(JsonElement.Parse($$"""{"entity_type":"BUSINESS","entity_id":"7",{{alert}}}"""));

        (told.EntityType, told.Severity, told.Type).ShouldBe(("BUSINESS", "CRITICAL", "OBA_APPROVED"));
    }

    [Fact]
    public void A_certification_says_how_it_ended_and_why()
    {
        var told = AccountUpdated.Read(JsonElement.Parse(
            """{"event":"PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE","partner_client_certification_info":{"client_business_id":"7","status":"FAILED","rejection_reasons":["LEGAL_NAME",""]}}"""));

        (told.CertificationStatus, told.CertificationRejections.Single()).ShouldBe(("FAILED", "LEGAL_NAME"));
    }

    private static WebhookChange Change(string field, string value) => Envelope.Read(
        JsonElement.Parse($$$"""{"entry":[{"id":"900","changes":[{"field":"{{{field}}}","value":{{{{value}}}}}]}]}"""), DateTimeOffset.UnixEpoch).Single().Change;
}
