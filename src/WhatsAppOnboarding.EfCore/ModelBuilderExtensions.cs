using Microsoft.EntityFrameworkCore;

namespace WhatsAppOnboarding;

/// <summary>Puts the library's tables into the host's own model.</summary>
public static class ModelBuilderExtensions
{
    /// <summary>
    /// Adds the tables of the library; call it in <c>OnModelCreating</c>. Needs no services, so it works at design time; migrations stay the host's.
    /// </summary>
    /// <param name="modelBuilder">The host's model.</param>
    /// <param name="configure">What differs from the defaults: <c>model => model.Schema("whatsapp").OneAccountPerNumber()</c>.</param>
    public static ModelBuilder AddWhatsAppOnboarding(this ModelBuilder modelBuilder, Action<WhatsAppOnboardingModel>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        var model = new WhatsAppOnboardingModel();
        configure?.Invoke(model);
        model.ApplyTo(modelBuilder);
        return modelBuilder;
    }
}
