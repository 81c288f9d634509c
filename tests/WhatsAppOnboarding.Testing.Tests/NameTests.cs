using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

/// <summary>The name that customers see, another one that is asked for, and Meta's review of both.</summary>
public sealed class NameTests : MessagingTest
{
    [Fact]
    public async Task Another_name_is_reviewed_and_counts_once_the_number_is_registered_again()
    {
        (await Graph.PostAsync($"/v25.0/{Number.Id}", Token, new { new_display_name = "Lucky" })).ShouldSucceed();
        (await ReadAsync()).ShouldBe((Number.VerifiedName, "APPROVED", "Lucky", "PENDING_REVIEW"));

        await Meta.Happenings.ApproveNameAsync(Number.Id, TestContext.Current.CancellationToken);
        var before = Number.VerifiedName;
        (await ReadAsync()).ShouldBe((before, "APPROVED", "Lucky", "APPROVED"));

        (await Graph.PostAsync($"/v25.0/{Number.Id}/register", Token, new { messaging_product = "whatsapp", pin = Number.TwoStepPin ?? "581063" })).ShouldSucceed();
        (await ReadAsync()).ShouldBe(("Lucky", "APPROVED", null, "NONE"));
    }

    [Fact]
    public async Task A_refusal_of_another_name_leaves_the_present_one()
    {
        (Number.NewDisplayName, Number.NewNameStatus) = ("Lucky", "PENDING_REVIEW");

        await Meta.Happenings.RefuseNameAsync(Number.Id, cancellationToken: TestContext.Current.CancellationToken);

        (await ReadAsync()).ShouldBe((Number.VerifiedName, "APPROVED", "Lucky", "DECLINED"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345")]
    public async Task A_name_must_have_2_to_75_characters(string name)
    {
        (await Graph.PostAsync($"/v25.0/{Number.Id}", Token, new { new_display_name = name })).ShouldFail(400, 100);
        Number.NewDisplayName.ShouldBeNull();
    }

    private async Task<(string?, string?, string?, string?)> ReadAsync()
    {
        var read = await Graph.GetAsync($"/v25.0/{Number.Id}?fields=verified_name,name_status,new_display_name,new_name_status", Token);
        return ((string?)read["verified_name"], (string?)read["name_status"], (string?)read["new_display_name"], (string?)read["new_name_status"]);
    }
}
