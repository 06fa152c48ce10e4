namespace PwshLite;

/// <summary>What to run: a text, or, where it is null, the commands of standard input.</summary>
internal sealed record Options(string? Text, bool ShowVersion)
{
    private static readonly HashSet<string> Flags = ["nologo", "noprofile", "noninteractive", "noexit"];

    /// <summary>Reads a command line as pwsh takes it, as far as it is known here.</summary>
    public static Options Parse(IReadOnlyList<string> given)
    {
        for (var at = 0; at < given.Count; at++)
        {
            var name = given[at].TrimStart('-').ToLowerInvariant();
            if (Flags.Contains(name)) continue;
            if (name == "version") return new Options(null, ShowVersion: true);
            if (name != "command") throw new ArgumentException($"The option {given[at]} is not known.");
            var text = string.Join(' ', given.Skip(at + 1));
            return new Options(text is "-" or "" ? null : text, ShowVersion: false);
        }
        return new Options(null, ShowVersion: false);
    }
}
