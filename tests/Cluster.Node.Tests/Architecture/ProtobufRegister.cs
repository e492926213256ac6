using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Cluster.Node.Tests.Architecture;

/// <summary>
/// Every field number that a message of ours ever had, with its name and type. What is stored is read by all later versions, so a number
/// keeps its meaning for ever: a field that goes leaves its number reserved, and a new field takes a new number.
/// </summary>
internal static partial class ProtobufRegister
{
    public const string FilePath = "src/Cluster.Node/protobuf-fields.txt";

    private const string Header = """
        # Field numbers that were ever given: message, number, type, name. Written by 'make registers'; lines are added, never changed.

        """;

    /// <summary>The fields of a .proto file (and the values of its enums) by message and number.</summary>
    public static SortedDictionary<(string Message, int Number), string> FieldsOf(string proto)
    {
        var fields = new SortedDictionary<(string, int), string>();
        var path = new Stack<string>();
        var package = "";
        foreach (Match token in TokenPattern().Matches(CommentPattern().Replace(proto, "")))
        {
            if (token.Groups["package"].Success)
                package = token.Groups["package"].Value + ".";
            else if (token.Groups["open"].Success)
                path.Push(token.Groups["kind"].Value == "oneof" ? "" : token.Groups["open"].Value);
            else if (token.Groups["close"].Success && path.Count > 0)
                path.Pop();
            else if (token.Groups["number"].Success && path.Count > 0)
                fields.Add(
                    (package + string.Join('.', path.Reverse().Where(part => part.Length > 0)),
                        int.Parse(token.Groups["number"].Value, CultureInfo.InvariantCulture)),
                    $"{SpacePattern().Replace(token.Groups["type"].Value, " ").Trim()} {token.Groups["name"].Value}".Trim());
        }

        return fields;
    }

    public static SortedDictionary<(string Message, int Number), string> Parse(string register)
    {
        var known = new SortedDictionary<(string, int), string>();
        foreach (var line in register.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            var parts = line.TrimEnd('\r').Split(' ', 3);
            known.Add((parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture)), parts[2]);
        }

        return known;
    }

    public static IReadOnlyList<string> Violations(
        IReadOnlyDictionary<(string Message, int Number), string> register, IReadOnlyDictionary<(string Message, int Number), string> now)
    {
        var found = new List<string>();
        foreach (var (key, meaning) in now)
        {
            if (!register.TryGetValue(key, out var before))
                found.Add($"{key.Message} {key.Number} ({meaning}) is not in the register: run 'make registers'");
            else if (before != meaning)
                found.Add($"{key.Message} {key.Number} was '{before}' and is now '{meaning}': a number keeps its meaning, take a new one");
        }

        return found;
    }

    public static string Write(
        IReadOnlyDictionary<(string Message, int Number), string> register, IReadOnlyDictionary<(string Message, int Number), string> now)
    {
        var all = new SortedDictionary<(string Message, int Number), string>(register.ToDictionary());
        foreach (var (key, meaning) in now)
            all.TryAdd(key, meaning);
        var text = new StringBuilder(Header);
        foreach (var ((message, number), meaning) in all)
            text.Append(CultureInfo.InvariantCulture, $"{message} {number} {meaning}\n");
        return text.ToString();
    }

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex CommentPattern();

    [GeneratedRegex(
        @"\bpackage\s+(?<package>[\w.]+)\s*;|\b(?<kind>message|enum|oneof)\s+(?<open>\w+)\s*\{|(?<close>\})|(?:(?<=[;{}]\s*)|(?<=;))(?<type>(?:(?:repeated|optional)\s+)?(?:map\s*<[^>]*>|[\w.]+)\s+)?(?<name>\w+)\s*=\s*(?<number>\d+)\s*(?:\[[^\]]*\])?\s*;",
        RegexOptions.CultureInvariant)]
    private static partial Regex TokenPattern();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex SpacePattern();
}
