using Microsoft.EntityFrameworkCore;
using WebHost.Accounts;

namespace WebHost.Chat;

public static class ChatModel
{
    public static void AddChat(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<ChatMessage>(message =>
        {
            message.Property(m => m.AccountId).HasMaxLength(200);
            message.Property(m => m.PhoneNumberId).HasMaxLength(32);
            message.Property(m => m.Contact).HasMaxLength(200);
            message.Property(m => m.ContactName).HasMaxLength(200);
            message.Property(m => m.WamId).HasMaxLength(300);
            message.Property(m => m.Problem).HasMaxLength(500);
            message.HasIndex(m => new { m.AccountId, m.WamId }).IsUnique();
            message.HasIndex(m => new { m.AccountId, m.SendKey }).IsUnique();
            message.HasIndex(m => new { m.AccountId, m.PhoneNumberId, m.Contact, m.Id });
            message.HasOne<AppUser>().WithMany().HasPrincipalKey(u => u.AccountId).HasForeignKey(m => m.AccountId);
        });
        model.Entity<ChatDelivery>(delivery =>
        {
            delivery.HasKey(d => new { d.AccountId, d.WamId });
            delivery.Property(d => d.AccountId).HasMaxLength(200);
            delivery.Property(d => d.WamId).HasMaxLength(300);

            // Two reports at once: the second comes again and then sees the first.
            delivery.Property(d => d.State).IsConcurrencyToken();
            delivery.Property(d => d.Problem).HasMaxLength(500);
            delivery.HasOne<AppUser>().WithMany().HasPrincipalKey(u => u.AccountId).HasForeignKey(d => d.AccountId);
        });
    }
}
