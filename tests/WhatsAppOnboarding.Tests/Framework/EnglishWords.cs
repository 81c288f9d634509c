using System.Globalization;
using Microsoft.Extensions.Localization;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>The words of the sample in English, which is what they are asked for by.</summary>
public sealed class EnglishWords : IStringLocalizer
{
    public LocalizedString this[string name] => new(name, name);

    public LocalizedString this[string name, params object[] arguments] => new(name, string.Format(CultureInfo.InvariantCulture, name, arguments));

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
}
