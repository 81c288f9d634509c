using System.Reflection;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests;

public sealed class PublicApiTests
{
    [Theory]
    [InlineData("WhatsAppOnboarding")]
    [InlineData("WhatsAppOnboarding.Testing")]
    public void The_public_api_is_what_was_approved(string assembly) => PublicApi.ShouldBeApproved(Assembly.Load(assembly));
}
