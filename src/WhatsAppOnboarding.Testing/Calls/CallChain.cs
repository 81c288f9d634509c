namespace WhatsAppOnboarding.Testing.Calls;

internal static class CallChain
{
    public static int Longest(IEnumerable<(long Start, long End)> calls)
    {
        var ordered = calls.OrderBy(call => call.Start).ToList();
        var longest = new int[ordered.Count];
        for (var i = 0; i < ordered.Count; i++)
        {
            for (var before = 0; before < i; before++)
            {
                if (ordered[before].End <= ordered[i].Start)
                    longest[i] = Math.Max(longest[i], longest[before]);
            }

            longest[i]++;
        }

        return longest.DefaultIfEmpty(0).Max();
    }
}
