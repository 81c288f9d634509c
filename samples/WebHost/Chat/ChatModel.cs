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
            message.Property(m => m.Contact).HasMaxLength(32);
            message.Property(m => m.Author).HasMaxLength(200);
            message.Property(m => m.WamId).HasMaxLength(300);
            message.Property(m => m.Problem).HasMaxLength(500);
            message.Property(m => m.MediaId).HasMaxLength(200);
            message.Property(m => m.FileName).HasMaxLength(ChatContent.MaxName);
            message.Property(m => m.ReplyTo).HasMaxLength(300);
            message.HasIndex(m => new { m.AccountId, m.PhoneNumberId, m.WamId }).IsUnique();
            message.HasIndex(m => new { m.AccountId, m.SendKey }).IsUnique();
            message.HasIndex(m => new { m.AccountId, m.PhoneNumberId, m.Contact, m.Place, m.Id });

            // A thread that has messages cannot go: whoever makes one of two takes all along, or begins again.
            message.HasOne<ChatContact>().WithMany().HasForeignKey(m => new { m.AccountId, m.PhoneNumberId, m.Contact }).OnDelete(DeleteBehavior.NoAction);
            message.HasOne<AppUser>().WithMany().HasPrincipalKey(u => u.AccountId).HasForeignKey(m => m.AccountId);
        });
        model.Entity<ChatContact>(contact =>
        {
            contact.HasKey(c => new { c.AccountId, c.PhoneNumberId, c.Key });
            contact.Property(c => c.AccountId).HasMaxLength(200);
            contact.Property(c => c.PhoneNumberId).HasMaxLength(32);
            contact.Property(c => c.Key).HasMaxLength(32);
            contact.Property(c => c.Phone).HasMaxLength(200);
            contact.Property(c => c.FormerPhone).HasMaxLength(200);
            contact.Property(c => c.UserId).HasMaxLength(200);
            contact.Property(c => c.GroupId).HasMaxLength(200);
            contact.Property(c => c.Name).HasMaxLength(200);
            contact.Property(c => c.Username).HasMaxLength(200);

            // Two first messages at once: the second comes again and then finds the thread.
            contact.HasIndex(c => new { c.AccountId, c.PhoneNumberId, c.Phone }).IsUnique();
            contact.HasIndex(c => new { c.AccountId, c.PhoneNumberId, c.UserId }).IsUnique();
            contact.HasIndex(c => new { c.AccountId, c.PhoneNumberId, c.GroupId }).IsUnique();
            contact.HasIndex(c => new { c.AccountId, c.LastPlace });
            contact.HasOne<AppUser>().WithMany().HasPrincipalKey(u => u.AccountId).HasForeignKey(c => c.AccountId);
        });
        model.Entity<ChatReaction>(reaction =>
        {
            reaction.HasKey(r => new { r.AccountId, r.PhoneNumberId, r.WamId, r.Who });
            reaction.Property(r => r.AccountId).HasMaxLength(200);
            reaction.Property(r => r.PhoneNumberId).HasMaxLength(32);
            reaction.Property(r => r.WamId).HasMaxLength(300);
            reaction.Property(r => r.Who).HasMaxLength(200);
            reaction.Property(r => r.Emoji).HasMaxLength(ChatReaction.MaxEmoji);
            reaction.HasOne<AppUser>().WithMany().HasPrincipalKey(u => u.AccountId).HasForeignKey(r => r.AccountId);
        });
        model.Entity<ChatDelivery>(delivery =>
        {
            delivery.HasKey(d => new { d.AccountId, d.PhoneNumberId, d.WamId });
            delivery.Property(d => d.AccountId).HasMaxLength(200);
            delivery.Property(d => d.PhoneNumberId).HasMaxLength(32);
            delivery.Property(d => d.WamId).HasMaxLength(300);

            // Two reports at once: the second comes again and then sees the first.
            delivery.Property(d => d.State).IsConcurrencyToken();
            delivery.Property(d => d.Problem).HasMaxLength(500);
            delivery.HasOne<AppUser>().WithMany().HasPrincipalKey(u => u.AccountId).HasForeignKey(d => d.AccountId);
        });
    }
}
