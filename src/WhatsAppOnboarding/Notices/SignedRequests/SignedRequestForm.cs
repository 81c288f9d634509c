using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace WhatsAppOnboarding.Notices;

/// <summary>Reads the one field of Meta's form; what is not that is null, never an exception.</summary>
internal static class SignedRequestForm
{
    private const int MaxBytes = 16 * 1024;

    public static async Task<string?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > MaxBytes
            || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            return null;

        var buffer = new byte[MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted).ConfigureAwait(false);
        return length <= MaxBytes
            && QueryHelpers.ParseQuery(Encoding.UTF8.GetString(buffer, 0, length)).ToArray() is [(SignedRequest.FieldName, [{ } text])]
            ? text
            : null;
    }
}
