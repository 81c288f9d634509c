using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Hosting;

/// <summary>Reads a small JSON body; what is not one is null, never an exception.</summary>
internal static class JsonBody
{
    private const int MaxBytes = 32 * 1024;

    /// <summary>The body as JSON, or null when it is missing, too large, of another type or malformed.</summary>
    public static async Task<T?> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type)
        where T : class => await ReadAsync(request, type, empty: null).ConfigureAwait(false);

    /// <summary>The same, but a body without a byte is <paramref name="empty"/>. What headers say of a length decides nothing: HTTP/2 needs none.</summary>
    public static async Task<T?> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, T? empty)
        where T : class
    {
        if (request.ContentLength > MaxBytes)
            return null;

        var buffer = new byte[MaxBytes + 1];
        var length = 0;
        int read;
        while ((read = await request.Body.ReadAsync(buffer.AsMemory(length), request.HttpContext.RequestAborted).ConfigureAwait(false)) > 0)
        {
            length += read;
            if (length > MaxBytes)
                return null;
        }

        if (length == 0)
            return empty;
        if (!request.HasJsonContentType())
            return null;
        try
        {
            return JsonSerializer.Deserialize(buffer.AsSpan(0, length), type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
