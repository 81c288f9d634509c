using System.Reflection;

namespace WhatsAppOnboarding.Tests.Notices;

/// <summary>A notice as a value: two readings of the same row are the same notice.</summary>
public sealed class MetaNoticeTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Restrictions_are_compared_by_what_they_say()
    {
        var (one, same) = (Restricted(Time), Restricted(Time));

        same.ShouldBe(one);
        same.GetHashCode().ShouldBe(one.GetHashCode());
        Restricted(Time.AddDays(1)).ShouldNotBe(one);
        (one with { Restrictions = [] }).ShouldNotBe(one);
    }

    [Fact]
    public void Every_member_counts()
    {
        var empty = new MetaNotice { Kind = "", Event = "", At = default };
        foreach (var member in typeof(MetaNotice).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(member => member.CanWrite))
        {
            var changed = empty with { };
            member.SetValue(changed, Other(member.PropertyType));
            changed.ShouldNotBe(empty, member.Name);
        }
    }

    [Fact]
    public void It_ends_when_its_last_restriction_does_and_has_no_end_while_one_has_none()
    {
        var (first, last) = (new AccountRestriction { EndsAt = Time }, new AccountRestriction { EndsAt = Time.AddDays(3) });

        With(first, last).EndsAt.ShouldBe(last.EndsAt);
        With(first, new AccountRestriction { Remediation = "Wait until 31 Dec" }).EndsAt.ShouldBeNull();
        With().EndsAt.ShouldBeNull();
    }

    private static MetaNotice Restricted(DateTimeOffset end) => With(new AccountRestriction { Type = "ONE", EndsAt = end, Remediation = "Ask us" });

    private static MetaNotice With(params AccountRestriction[] restrictions) =>
        new() { Kind = MetaNotice.RestrictionKind, Event = "ACCOUNT_RESTRICTION", At = Time, Restrictions = restrictions };

    private static object Other(Type type) =>
        type == typeof(string) ? "other"
        : type == typeof(bool) ? true
        : type == typeof(int?) ? 7
        : type == typeof(DateTimeOffset) ? Time.AddDays(9)
        : type == typeof(IReadOnlyList<AccountRestriction>) ? new[] { new AccountRestriction() }
        : throw new NotSupportedException(type.Name);
}
