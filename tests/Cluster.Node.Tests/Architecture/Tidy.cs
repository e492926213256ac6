using System.Text.RegularExpressions;

namespace Cluster.Node.Tests.Architecture;

/// <summary>Rules on source text. Each gives what it found wrong, one line each.</summary>
internal static partial class Tidy
{
    public const int MaximalLines = 500;

    private const string MessagesOfARoom = "Messages";

    /// <summary>Words that no type name contains anywhere: they name a drawer, not a thing.</summary>
    private static readonly string[] DrawerWords =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Common", "Base", "Impl", "Misc", "Stuff"];

    /// <summary>Words that no type name ends with.</summary>
    private static readonly string[] EmptyEndings = ["Data", "Info", "Service", "V2", "V3"];

    /// <summary>Names that the architecture itself gives, and their implementers.</summary>
    private static readonly string[] GivenNames = ["IQueryService", "QueryService"];

    public static IEnumerable<string> TooLong(SourceFile file) => file.Lines > MaximalLines
        ? [$"{file.Path} has {file.Lines} lines, more than {MaximalLines}: it holds more than one thing"]
        : [];

    public static IEnumerable<string> BadNames(SourceFile file)
    {
        foreach (var name in file.TypeNames.Except(GivenNames))
        {
            var words = WordPattern().Matches(name).Select(match => match.Value).ToList();
            if (words.FirstOrDefault(DrawerWords.Contains) is { } drawer)
                yield return $"{file.Path}: {name} is called {drawer}; say what it is";
            else if (words.Count > 0 && EmptyEndings.Contains(words[^1]))
                yield return $"{file.Path}: {name} ends in {words[^1]}, which says nothing";
        }
    }

    /// <summary>
    /// One public type, one file. Several are a closed family when each mentions, or is mentioned by, another of them, or when they share
    /// the file's name, or when they are the messages of a room (records in Messages.cs); a file of strangers is a drawer.
    /// </summary>
    public static IEnumerable<string> Strangers(SourceFile file)
    {
        var types = file.Types.Where(type => type.Public).DistinctBy(type => type.Name).ToList();
        if (types.Count == 0)
            yield break;
        var name = Path.GetFileNameWithoutExtension(file.Path).Split('.')[0];
        if (name == MessagesOfARoom && types.TrueForAll(type => type.Record))
            yield break;
        var family = types.Where(type => type.Name == name || type.Name == "I" + name || type.Name.StartsWith(name, StringComparison.Ordinal)).ToList();
        if (family.Count == 0 && types.Count == 1)
        {
            yield return $"{file.Path} holds {types[0].Name}: a file is called after its type";
            yield break;
        }

        if (family.Count == 0)
            family.Add(types[0]);
        for (var grown = true; grown;)
        {
            var more = types.Except(family).Where(type => family.Any(member => Mentions(type, member) || Mentions(member, type))).ToList();
            grown = more.Count > 0;
            family.AddRange(more);
        }

        foreach (var stranger in types.Except(family))
            yield return $"{file.Path}: {stranger.Name} has nothing to do with {family[0].Name}; give it a file";
    }

    /// <summary>
    /// The namespace says where the file lies, so that the rooms' borders hold for every file. A last folder with the name of one of the
    /// types in it gives way to that type.
    /// </summary>
    public static IEnumerable<string> WrongNamespace(SourceFile file, IReadOnlySet<string> types)
    {
        var folders = file.Path.Split('/')[1..^1];
        if (folders.Length > 2 && types.Contains(folders[^1]))
            folders = folders[..^1];
        var expected = string.Join('.', folders);
        if (file.Types.Count > 0 && file.Namespace != expected)
            yield return $"{file.Path} declares the namespace {file.Namespace ?? "(none)"} instead of {expected}";
    }

    private static bool Mentions(DeclaredType one, DeclaredType other) =>
        Regex.IsMatch(one.Body, $@"\b{Regex.Escape(other.Name)}\b", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    [GeneratedRegex("[A-Z][a-z0-9]*|[a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex WordPattern();
}
