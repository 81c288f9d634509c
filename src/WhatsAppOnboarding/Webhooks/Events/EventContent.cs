namespace WhatsAppOnboarding.Webhooks;

/// <summary>What an event says, by kind: <c>switch</c> over it. All texts come from outside, and what Meta left out is null.</summary>
public abstract record EventContent
{
    private protected EventContent()
    {
    }
}

/// <summary>Something that this version of the library has no kind for. The event's raw JSON has all of it.</summary>
public sealed record UnknownContent : EventContent;
