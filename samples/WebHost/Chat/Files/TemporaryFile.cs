namespace WebHost.Chat;

/// <summary>A file that only this process reads, and that goes away when it is closed.</summary>
internal static class TemporaryFile
{
    public static FileStream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
    }

    /// <summary>What is in it; it is at its beginning then.</summary>
    public static async Task<FileType> TypeAsync(FileStream file, CancellationToken cancellationToken, string? name = null)
    {
        var head = new byte[FileType.HeadLength];
        file.Position = 0;
        var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        file.Position = 0;
        return name is null ? FileType.Of(head.AsSpan(0, length)) : FileType.Of(head.AsSpan(0, length), name);
    }
}
