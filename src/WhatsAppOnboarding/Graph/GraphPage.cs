namespace WhatsAppOnboarding.Graph;

/// <summary>One page of a listing. A page may be short or even empty and still be followed by another.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/results</remarks>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">What is on this page, in Meta's order.</param>
/// <param name="After">The cursor of the next page, or null when this is the last one.</param>
public sealed record GraphPage<T>(IReadOnlyList<T> Items, string? After);
