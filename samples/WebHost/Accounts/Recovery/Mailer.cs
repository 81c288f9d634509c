using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Options;

namespace WebHost.Accounts.Recovery;

/// <summary>Sends mail over SMTP, or writes it to a folder, where it can be read as it stands. .NET's own client does both; take MailKit where your server wants OAuth.</summary>
public sealed partial class Mailer(IOptions<MailOptions> options, ILogger<Mailer> log)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public bool IsSet => options.Value.IsSet;

    public async Task SendAsync(string to, string subject, string text, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        using var client = Client();
        using var mail = new MailMessage(options.Value.From, to, subject, text) { BodyEncoding = Encoding.UTF8, BodyTransferEncoding = TransferEncoding.EightBit };
        await client.SendMailAsync(mail, limit.Token);
        if (client.DeliveryMethod is SmtpDeliveryMethod.SpecifiedPickupDirectory)
            LogWritten(client.PickupDirectoryLocation!);
    }

    private SmtpClient Client()
    {
        var mail = options.Value;
        if (string.IsNullOrEmpty(mail.Host))
            return new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = Directory.CreateDirectory(mail.Folder!).FullName };
        return new SmtpClient(mail.Host, mail.Port)
        {
            EnableSsl = mail.UseTls,
            Credentials = string.IsNullOrEmpty(mail.User) ? null : new NetworkCredential(mail.User, mail.Password),
        };
    }

    [LoggerMessage(1, LogLevel.Information, "A mail was written to {Folder}")]
    private partial void LogWritten(string folder);
}
