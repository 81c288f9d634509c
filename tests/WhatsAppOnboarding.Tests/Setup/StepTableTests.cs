using System.Reflection;
using WhatsAppOnboarding.Tests.Conventions;

namespace WhatsAppOnboarding.Tests.Setup;

/// <summary>A new step is a name and a row, and nothing else has a list of steps.</summary>
public sealed class StepTableTests
{
    [Fact]
    public void Every_name_has_one_row_and_every_row_a_name() =>
        StepTable.All.Select(row => row.Name).Order().ShouldBe(
            typeof(StepNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Order());

    [Fact]
    public void What_a_row_finishes_is_a_row_that_stays_open_itself() =>
        StepTable.All.ShouldAllBe(row => row.Opens == null || StepTable.Find(row.Opens)!.Opens == row.Opens);

    [Fact]
    public void What_can_be_asked_for_finishes_something_and_only_that_is_rationed_or_taken_once()
    {
        StepTable.All.Where(row => row.CanBeRequested).ShouldAllBe(row => row.Opens != null);
        StepTable.All.Where(row => row.Quota != null || row.IsTakenOnce).ShouldAllBe(row => row.CanBeRequested);
    }

    [Fact]
    public void A_number_cannot_be_used_with_a_step_that_nobody_knows() =>
        (StepTable.IsRequired("new"), StepTable.IsRequired(StepNames.SyncContacts), StepTable.IsRequired(StepNames.Subscribe)).ShouldBe((true, false, true));

    [Fact]
    public void The_docs_name_all_that_can_be_asked_for()
    {
        var row = File.ReadAllLines(Path.Combine(SourceCode.Folder, "../docs/http.md")).Single(line => line.StartsWith("| `POST /api/integrations/whatsapp/steps`", StringComparison.Ordinal));

        StepTable.All.Where(step => row.Contains($"`{step.Name}`", StringComparison.Ordinal)).Select(step => step.Name)
            .ShouldBe(StepTable.All.Where(step => step.CanBeRequested).Select(step => step.Name));
    }
}
