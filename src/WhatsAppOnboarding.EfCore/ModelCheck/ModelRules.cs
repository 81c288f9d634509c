using Microsoft.EntityFrameworkCore.Metadata;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.EfCore.References;

namespace WhatsAppOnboarding.EfCore.ModelCheck;

internal static class ModelRules
{
    public static IEnumerable<string> Missing(IModel model, Type context, SharedNumbersPolicy policy, IReadOnlyCollection<AccountColumn> columns)
    {
        if (model.FindEntityType(typeof(PhoneNumberRow)) is null)
            yield return MissingLine.Model(context, policy);
        else if (policy is SharedNumbersPolicy.Refuse && !HeldNumber.IsIn(model))
            yield return MissingLine.OneAccountPerNumber(context);
        else if (policy is SharedNumbersPolicy.Allow && HeldNumber.IsIn(model))
            yield return MissingLine.Refuse(context);

        foreach (var column in columns)
        {
            if (model.FindEntityType(column.Entity) is not { } entity)
                yield return MissingLine.Entity(context, column);
            else if (new[] { column.KeyProperty, column.CopyProperty }.FirstOrDefault(name => entity.FindProperty(name) is null) is { } unmapped)
                yield return MissingLine.Property(column, unmapped);
        }
    }
}
