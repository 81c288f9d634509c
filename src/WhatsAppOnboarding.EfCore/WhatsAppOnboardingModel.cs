using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Entities;

namespace WhatsAppOnboarding;

/// <summary>What a host may decide about the library's tables.</summary>
public sealed class WhatsAppOnboardingModel
{
    private string? _schema;
    private bool _oneAccountPerNumber;

    internal WhatsAppOnboardingModel()
    {
    }

    /// <summary>Puts the tables into a schema of their own. Default: the model's.</summary>
    public WhatsAppOnboardingModel Schema(string schema)
    {
        ArgumentException.ThrowIfNullOrEmpty(schema);
        _schema = schema;
        return this;
    }

    /// <summary>
    /// Lets the database itself refuse that two accounts hold the same number. Belongs to <c>SharedNumbers = Refuse</c>; start-up checks that they agree.
    /// </summary>
    public WhatsAppOnboardingModel OneAccountPerNumber()
    {
        _oneAccountPerNumber = true;
        return this;
    }

    internal void ApplyTo(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfiguration(new AccountReferenceConfiguration(_schema));
        modelBuilder.ApplyConfiguration(new PhoneNumberConfiguration(_schema, _oneAccountPerNumber));
        modelBuilder.ApplyConfiguration(new ConnectAttemptConfiguration(_schema));
        modelBuilder.ApplyConfiguration(new ReleaseConfiguration(_schema));
        modelBuilder.ApplyConfiguration(new NumberCallConfiguration(_schema));
        modelBuilder.ApplyConfiguration(new WebhookItemConfiguration(_schema));
    }
}
