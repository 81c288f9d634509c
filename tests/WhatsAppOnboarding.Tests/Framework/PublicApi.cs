using System.Reflection;
using System.Runtime.CompilerServices;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>The public face of a package as text, one member a line, compared with an approved file: no change of it goes unnoticed.</summary>
public static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Compares with <c>PublicApi/&lt;assembly&gt;.txt</c> beside the calling test; WHATSAPP_TESTS_APPROVE=1 writes that file instead.</summary>
    public static void ShouldBeApproved(Assembly assembly, [CallerFilePath] string test = "")
    {
        var approved = Path.Combine(Path.GetDirectoryName(test)!, "PublicApi", assembly.GetName().Name + ".txt");
        var now = Describe(assembly);
        if (Environment.GetEnvironmentVariable("WHATSAPP_TESTS_APPROVE") == "1")
            File.WriteAllLines(approved, now);

        var then = File.Exists(approved) ? File.ReadAllLines(approved) : [];
        now.Except(then).Select(line => "+ " + line).Concat(then.Except(now).Select(line => "- " + line))
            .ShouldBeEmpty($"The public API changed. If that is meant, run the test once with WHATSAPP_TESTS_APPROVE=1 and commit {Path.GetFileName(approved)}.");
    }

    private static string[] Describe(Assembly assembly) =>
        [.. assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(type => Members(type).Prepend(Kind(type)))];

    private static IEnumerable<string> Members(Type type) => type.GetMembers(Declared)
        .Where(member => member is not Type && member.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !member.Name.StartsWith('<'))
        .Where(member => member is not MethodInfo { IsSpecialName: true } || member.Name.StartsWith("op_", StringComparison.Ordinal))
        .Select(member => $"  {type.Name}: {Text(member)}")
        .Order(StringComparer.Ordinal);

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface ",
        { IsEnum: true } => "enum ",
        { IsValueType: true } => "struct ",
        { IsAbstract: true, IsSealed: true } => "static class ",
        { IsAbstract: true } => "abstract class ",
        { IsSealed: true } => "sealed class ",
        _ => "class ",
    } + type.FullName;

    private static string Text(MemberInfo member) => member switch
    {
        MethodBase method => $"{member} ({string.Join(", ", method.GetParameters().Select(parameter => parameter.Name + (parameter.IsOptional ? "?" : "")))})",
        PropertyInfo property => $"{property} {{{(property.GetMethod?.IsPublic == true ? " get;" : "")}{(property.SetMethod?.IsPublic == true ? " set;" : "")} }}",
        FieldInfo { IsLiteral: true } field => $"{field} = {field.GetRawConstantValue()}",
        _ => member.ToString()!,
    };
}
