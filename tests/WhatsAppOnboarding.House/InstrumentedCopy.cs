using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace WhatsAppOnboarding.House;

/// <summary>
/// A copy of this program in which every method of the library first notes its source file. A static field that is read counts for the file of its
/// type: a table has no other method to run than the one that fills it, once a process.
/// </summary>
internal sealed class InstrumentedCopy : IDisposable
{
    public const string FileList = "house-files.txt";

    private const string Library = "WhatsAppOnboarding.dll";

    public InstrumentedCopy()
    {
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Folder, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        File.WriteAllLines(Path.Combine(Folder, FileList), Instrument(Path.Combine(AppContext.BaseDirectory, Library), Path.Combine(Folder, Library)));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("house").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Writes the instrumented library; the files, at the places of their numbers.</summary>
    private static List<string> Instrument(string source, string target)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Http.HttpContext).Assembly.Location));
        using var module = ModuleDefinition.ReadModule(source, new ReaderParameters { ReadSymbols = true, AssemblyResolver = resolver });
        var mark = module.ImportReference(typeof(Hits).GetMethod(nameof(Hits.Mark)));
        var files = new List<string>();
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).ToArray())
        {
            var body = method.Body;
            body.SimplifyMacros();
            var processor = body.GetILProcessor();
            foreach (var read in body.Instructions.Where(instruction => instruction.OpCode == OpCodes.Ldsfld).ToArray())
            {
                if (((FieldReference)read.Operand).DeclaringType.Resolve() is { } owner && owner.Module == module && FileOf(owner.Methods.FirstOrDefault(one => one.Name == ".cctor")) is { } table)
                    MarkBefore(read, NumberOf(files, table));
            }

            if (method.Name != ".cctor" && FileOf(method) is { } file)
                MarkBefore(body.Instructions[0], NumberOf(files, file));
            body.OptimizeMacros();

            void MarkBefore(Instruction instruction, int number)
            {
                processor.InsertBefore(instruction, processor.Create(OpCodes.Ldc_I4, number));
                processor.InsertBefore(instruction, processor.Create(OpCodes.Call, mark));
            }
        }

        module.Write(target);
        return files;
    }

    /// <summary>The file that a method was written in; null for what a generator wrote.</summary>
    private static string? FileOf(MethodDefinition? method)
    {
        var path = method?.DebugInformation.SequencePoints.FirstOrDefault(point => !point.IsHidden)?.Document.Url;
        return path is null ? null : SourceFiles.NameOf(path);
    }

    private static int NumberOf(List<string> files, string file)
    {
        if (!files.Contains(file))
            files.Add(file);
        return files.IndexOf(file);
    }
}

/// <summary>Where the instrumented copy of the library notes which of its source files runs.</summary>
public static class Hits
{
    private static readonly bool[] Seen = new bool[4096];

    /// <summary>Called by every method of the copy, with the number of its file.</summary>
    public static void Mark(int file) => Seen[file] = true;

    public static void Reset() => Array.Clear(Seen);

    public static int[] Read() => [.. Enumerable.Range(0, Seen.Length).Where(file => Seen[file])];
}
