using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Cluster.Node.Tests.Architecture;

/// <summary>Order in the files: sizes, names, one concept a file, no drawers, nothing of a machine.</summary>
[Trait("Suite", "Architecture")]
public sealed partial class TidyTests
{
    private static readonly Dictionary<string, string[]> Folders = new(StringComparer.Ordinal)
    {
        ["src"] = ["Cluster.Protocol", "Cluster.Asl", "Cluster.Node", "Cluster.Gateway"],
        ["src/Cluster.Protocol"] = ["Arns", "Operations", "History", "Errors", "Json", "Nodes", "Identity", "Ports"],
        ["src/Cluster.Asl"] = ["Json", "Definitions", "Parsing", "Validation", "Expressions", "Interpreter"],
        ["src/Cluster.Node"] = [.. Rooms.OfNode.Names],
        ["src/Cluster.Gateway"] =
            ["AwsJson", "Operations", "Authentication", "Authorization", "Routing", "Throttling", "Hosting", "Diagnostics", "Console"],
    };

    private static readonly Lazy<IReadOnlyList<SourceFile>> Src = new(() => Repository.Sources("src"));

    private static readonly Lazy<IReadOnlyList<SourceFile>> All = new(() => Repository.Sources("src", "tests", "samples"));

    [Fact]
    public void No_file_is_longer_than_its_reader_can_hold() => AssertNone(All.Value.SelectMany(Tidy.TooLong));

    [Fact]
    public void No_type_is_called_by_a_word_that_says_nothing() => AssertNone(All.Value.SelectMany(Tidy.BadNames));

    [Fact]
    public void A_file_holds_one_public_type_or_one_closed_family() => AssertNone(Src.Value.SelectMany(Tidy.Strangers));

    [Fact]
    public void A_namespace_says_where_its_file_lies()
    {
        var types = Src.Value.SelectMany(file => file.TypeNames).ToHashSet(StringComparer.Ordinal);
        AssertNone(Src.Value.SelectMany(file => Tidy.WrongNamespace(file, types)));
    }

    [Fact]
    public void Every_folder_is_a_room_of_the_house() => AssertNone(Folders.SelectMany(pair => UnknownFolders(pair.Key, pair.Value, Repository.Files(pair.Key))));

    [Fact]
    public void No_string_names_a_conformance_case_a_role_or_a_function()
    {
        if (RecordedNames.Folder is not { } folder)
        {
            Assert.Skip("no conformance recordings here: set CLUSTER_CONFORMANCE to their folder, or nobody holds this rule");
            return;
        }

        var names = RecordedNames.Read(folder);
        Assert.True(names.Count > 100, $"only {names.Count} names were read from {folder}");
        AssertNone(Src.Value.SelectMany(file => RecordedNames.In(file, names)));
    }

    [Fact]
    public void Nothing_is_unfinished_or_kept_as_a_comment() => AssertNone(
        from file in All.Value
        from Match match in UnfinishedPattern().Matches(file.Text)
        where !file.Path.Contains("/Architecture/", StringComparison.Ordinal)
        select $"{file.Path}: '{match.Value.Trim()}'");

    [Fact]
    public void No_file_names_a_place_of_one_machine_or_a_package_feed() => AssertNone(
        from path in Repository.Files()
        where !path.Contains("/Architecture/", StringComparison.Ordinal) && IsText(path)
        from Match match in MachinePattern().Matches(Repository.Read(path))
        select $"{path}: '{match.Value}'");

    [Fact]
    public void Every_place_that_a_page_names_exists() => AssertNone(Pages().SelectMany(page => DeadPlaces(page, Repository.Read(page))));

    [Fact]
    public void A_planted_dead_place_is_found() =>
        Assert.Equal(["X.md: src/Cluster.Node/Nowhere.cs"], DeadPlaces("X.md", "See `src/Cluster.Node/Program.cs` and `src/Cluster.Node/Nowhere.cs`."));

    [Theory]
    [InlineData("public sealed class OrderManager;")]
    [InlineData("internal static class JsonUtils;")]
    [InlineData("public abstract record ActorBase;")]
    [InlineData("class Outer { private sealed class QueueHelper; }")]
    [InlineData("public readonly record struct StateInfo(int A);")]
    [InlineData("public interface IOrderService { }")]
    public void A_planted_name_is_found(string code) => Assert.Single(Tidy.BadNames(new SourceFile("src/X/Y.cs", code)));

    [Theory]
    [InlineData("public sealed class DatabaseFile;")]
    [InlineData("public sealed class Base64Reader;")]
    [InlineData("// class OrderManager\nvar text = \"class OrderManager\";")]
    public void A_good_name_is_left_alone(string code) => Assert.Empty(Tidy.BadNames(new SourceFile("src/X/Y.cs", code)));

    [Fact]
    public void A_planted_long_file_is_found()
    {
        Assert.Empty(Tidy.TooLong(new SourceFile("src/X/Y.cs", new string('\n', Tidy.MaximalLines))));
        Assert.Single(Tidy.TooLong(new SourceFile("src/X/Y.cs", new string('\n', Tidy.MaximalLines + 1))));
    }

    [Fact]
    public void A_planted_stranger_in_a_file_is_found()
    {
        const string Family = "public interface IAnimal { }\npublic sealed class Dog : IAnimal { }\n";
        Assert.Empty(Tidy.Strangers(new SourceFile("src/X/Animal.cs", Family)));
        Assert.Single(Tidy.Strangers(new SourceFile("src/X/Animal.cs", Family + "public sealed class Invoice { }\n")));
        Assert.Single(Tidy.Strangers(new SourceFile("src/X/Animal.cs", "public sealed class Invoice { }\n")));
        Assert.Empty(Tidy.Strangers(new SourceFile("src/X/Messages.cs", "public sealed record Go;\npublic sealed record Stop;\n")));
        Assert.NotEmpty(Tidy.Strangers(new SourceFile("src/X/Messages.cs", "public sealed record Go;\npublic sealed class Stop;\n")));
    }

    [Fact]
    public void A_planted_namespace_is_found()
    {
        var types = new HashSet<string>(StringComparer.Ordinal) { "Y" };
        Assert.Empty(Tidy.WrongNamespace(new SourceFile("src/X/A/Y.cs", "namespace X.A;\nclass Y;"), types));
        Assert.Empty(Tidy.WrongNamespace(new SourceFile("src/X/A/Y/Y.cs", "namespace X.A;\nclass Y;"), types));
        Assert.Single(Tidy.WrongNamespace(new SourceFile("src/X/A/Y.cs", "namespace X.B;\nclass Y;"), types));
    }

    [Fact]
    public void A_planted_drawer_is_found() =>
        Assert.Single(UnknownFolders("src/Cluster.Asl", Folders["src/Cluster.Asl"], ["src/Cluster.Asl/Shared/X.cs", "src/Cluster.Asl/Json/Y.cs"]));

    [Fact]
    public void A_planted_special_case_is_found()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var recorded = JsonDocument.Parse("""
            {"id":"base/test_x::TestBaseX::test_does_a_thing[ONE]","lambdas":{"fn-planted-${uid1}":{}},"definition":{"Comment":"PLANTED_CASE"},
             "calls":[{"request":{"roleArn":"arn:aws:iam::111111111111:role/planted-role"}}]}
            """);
        RecordedNames.Collect(recorded.RootElement, names);
        Assert.Equal(["PLANTED_CASE", "TestBaseX", "fn-planted", "planted-role", "test_does_a_thing"], names.Order(StringComparer.Ordinal));
        foreach (var name in names)
        {
            Assert.Single(RecordedNames.In(new SourceFile("src/X/Y.cs", $"var x = $\"{name}-1\";"), names));
            Assert.Empty(RecordedNames.In(new SourceFile("src/X/Y.cs", $"// AWS does so: {name}"), names));
        }
    }

    [Fact]
    public void A_planted_path_of_a_machine_is_found()
    {
        Assert.Matches(MachinePattern(), "see /" + "home/anna/cluster");
        Assert.Matches(MachinePattern(), "https://api.nuget" + ".org/v3/index.json");
        Assert.DoesNotMatch(MachinePattern(), "the name of the home/page");
    }

    private static IEnumerable<string> UnknownFolders(string folder, string[] known, IReadOnlyList<string> files) => files
        .Select(path => path[(folder.Length + 1)..].Split('/'))
        .Where(parts => parts.Length > 1 && parts[0] != "Properties")
        .Select(parts => parts[0])
        .Distinct(StringComparer.Ordinal)
        .Where(room => !known.Contains(room))
        .Select(room => $"{folder}/{room} is no room of the house");

    private static IEnumerable<string> Pages() => Repository.Files().Where(path => path.EndsWith(".md", StringComparison.Ordinal));

    private static IEnumerable<string> DeadPlaces(string page, string text) => PlacePattern().Matches(text)
        .Select(match => match.Groups["place"].Value)
        .Where(place => !Path.Exists(Path.Combine(Repository.Root, place)))
        .Select(place => $"{page}: {place}");

    private static bool IsText(string path) => Path.GetExtension(path) is not (".png" or ".ico" or ".woff2" or ".db" or ".bin" or ".gz");

    private static void AssertNone(IEnumerable<string> found)
    {
        var lines = found.ToList();
        Assert.True(lines.Count == 0, string.Join('\n', lines));
    }

    [GeneratedRegex(@"\b(?:TODO|FIXME|HACK|XXX)\b|NotImplementedException|^\s*///?\s*(?:var|return|if \(|await|public) [^.]*;\s*$|Gets or sets",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex UnfinishedPattern();

    [GeneratedRegex("`(?<place>(?:src|tests|samples|docs|eng)/[\\w./-]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex PlacePattern();

    [GeneratedRegex(@"(?<![\w.])/(?:home|root|work|Users|mnt)/\w+|\b(?:api\.)?nuget\.org|registry\.npmjs|pypi\.org|proxy\.golang|pkgs\.dev\.azure",
        RegexOptions.CultureInvariant)]
    private static partial Regex MachinePattern();
}
