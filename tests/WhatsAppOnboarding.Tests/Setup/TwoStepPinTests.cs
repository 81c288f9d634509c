using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Tests.Setup;

public sealed class TwoStepPinTests
{
    [Theory]
    [InlineData("000000", true)]
    [InlineData("581063", true)]
    [InlineData("58106", false)]
    [InlineData("5810634", false)]
    [InlineData("58106a", false)]
    [InlineData("٥٨١٠٦٣", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_pin_is_six_ascii_digits(string? text, bool isPin)
    {
        TwoStepPin.TryParse(text, out var pin).ShouldBe(isPin);
        pin?.Reveal().ShouldBe(text);
    }

    [Fact]
    public void A_pin_shows_itself_to_nobody()
    {
        TwoStepPin.Parse("581063").ToString().ShouldBe("[pin]");
        Should.Throw<FormatException>(() => TwoStepPin.Parse("5810634")).Message.ShouldNotContain("5810634");
        new SealedSecret("cipher").ToString().ShouldNotContain("cipher");
    }

    [Fact]
    public void Random_pins_are_pins_and_differ()
    {
        string[] pins = [.. Enumerable.Range(0, 50).Select(_ => TwoStepPin.Random().Reveal())];
        pins.All(pin => TwoStepPin.TryParse(pin, out _)).ShouldBeTrue();
        pins.Distinct().Count().ShouldBeGreaterThan(40);
    }
}
