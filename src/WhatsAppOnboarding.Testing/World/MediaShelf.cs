using System.Security.Cryptography;

namespace WhatsAppOnboarding.Testing.World;

/// <summary>Files, and the addresses from which they can be loaded for five minutes.</summary>
internal sealed class MediaShelf(Lock gate)
{
    private static readonly TimeSpan AddressLife = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, EmulatedMedia> _media = [];
    private readonly Dictionary<string, (EmulatedMedia Media, DateTimeOffset EndsAt)> _addresses = [];

    public IReadOnlyList<EmulatedMedia> Of(EmulatedNumber number)
    {
        lock (gate)
            return [.. _media.Values.Where(media => media.Number == number)];
    }

    public EmulatedMedia Add(EmulatedNumber number, ReadOnlyMemory<byte> content, string mimeType, string? fileName, bool fromCustomer, DateTimeOffset now)
    {
        var media = new EmulatedMedia(MetaIds.NewId(), number, content, mimeType, fileName, fromCustomer, now);
        lock (gate)
            _media.Add(media.Id, media);
        return media;
    }

    public EmulatedMedia? Find(string id)
    {
        lock (gate)
            return _media.GetValueOrDefault(id);
    }

    public void Remove(EmulatedMedia media)
    {
        lock (gate)
            _media.Remove(media.Id);
    }

    /// <summary>A new address: its secret part and its end.</summary>
    public (string Hash, DateTimeOffset EndsAt) Open(EmulatedMedia media, DateTimeOffset now)
    {
        var hash = RandomNumberGenerator.GetHexString(32, lowercase: true);
        lock (gate)
            _addresses.Add(hash, (media, now + AddressLife));
        return (hash, now + AddressLife);
    }

    /// <summary>What stands at an address, or null when it has ended or the file is gone.</summary>
    public EmulatedMedia? Load(string hash, DateTimeOffset now)
    {
        lock (gate)
            return _addresses.TryGetValue(hash, out var address) && now < address.EndsAt && now < address.Media.ExpiresAt ? Find(address.Media.Id) : null;
    }
}
