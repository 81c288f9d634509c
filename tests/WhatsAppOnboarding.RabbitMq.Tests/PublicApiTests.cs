using System.Reflection;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.RabbitMq.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_api_is_what_was_approved() => PublicApi.ShouldBeApproved(Assembly.Load("WhatsAppOnboarding.RabbitMq"));
}
