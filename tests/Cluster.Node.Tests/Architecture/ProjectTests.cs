using System.Xml.Linq;
using Xunit;

namespace Cluster.Node.Tests.Architecture;

/// <summary>The projects: who refers to whom, by project file and by compiled assembly, and how packages are pinned.</summary>
[Trait("Suite", "Architecture")]
public sealed class ProjectTests
{
    private static readonly Dictionary<string, string[]> MayRefer = new(StringComparer.Ordinal)
    {
        ["Cluster.Asl"] = [],
        ["Cluster.Protocol"] = [],
        ["Cluster.Gateway"] = ["Cluster.Protocol"],
        ["Cluster.Node"] = ["Cluster.Asl", "Cluster.Protocol", "Cluster.Gateway"],
    };

    [Fact]
    public void Every_project_of_src_is_known()
    {
        var projects = Projects("src").Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(MayRefer.Keys.Order(StringComparer.Ordinal), projects.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Project_files_refer_only_to_the_projects_they_may_know()
    {
        foreach (var project in Projects("src"))
            Assert.Empty(ForbiddenReferences(Path.GetFileNameWithoutExtension(project), Repository.Read(project)));
    }

    [Fact]
    public void Compiled_assemblies_refer_only_to_the_projects_they_may_know()
    {
        foreach (var (project, allowed) in MayRefer)
        {
            var references = CodeScan.References(Path.Combine(AppContext.BaseDirectory, project + ".dll"));
            Assert.Empty(references.Where(name => name.StartsWith("Cluster.", StringComparison.Ordinal)).Except(allowed));
        }
    }

    [Fact]
    public void A_planted_reference_is_found() => Assert.Single(ForbiddenReferences("Cluster.Asl", """
        <Project Sdk="Microsoft.NET.Sdk"><ItemGroup><ProjectReference Include="../Cluster.Protocol/Cluster.Protocol.csproj" /></ItemGroup></Project>
        """));

    [Fact]
    public void The_language_core_and_the_protocol_use_no_packages()
    {
        foreach (var project in (string[])["Cluster.Asl", "Cluster.Protocol"])
            Assert.Empty(XDocument.Parse(Repository.Read($"src/{project}/{project}.csproj")).Descendants("PackageReference"));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("Cluster.sln").Replace('\\', '/');
        foreach (var project in Projects("src").Concat(Projects("tests")).Concat(Projects("samples")))
            Assert.Contains(project, solution, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_project_has_a_lock_file_and_names_no_version_of_its_own()
    {
        foreach (var project in Projects("src").Concat(Projects("tests")).Concat(Projects("samples")))
        {
            Assert.True(File.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(project)!, "packages.lock.json")), $"{project} has no lock file");
            Assert.DoesNotContain(XDocument.Parse(Repository.Read(project)).Descendants("PackageReference"), package => package.Attribute("Version") is not null);
        }
    }

    [Fact]
    public void The_SDK_is_pinned() => Assert.Matches("\"version\": \"\\d+\\.\\d+\\.\\d+\"", Repository.Read("global.json"));

    [Fact]
    public void Warnings_are_errors_and_public_members_are_documented()
    {
        Assert.Contains("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", Repository.Read("Directory.Build.props"), StringComparison.Ordinal);
        Assert.Contains("<GenerateDocumentationFile>true</GenerateDocumentationFile>", Repository.Read("src/Directory.Build.props"), StringComparison.Ordinal);
        Assert.Contains("dotnet_diagnostic.CS1591.severity = warning", Repository.Read(".editorconfig"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Projects(string folder) =>
        Repository.Files(folder).Where(path => path.EndsWith(".csproj", StringComparison.Ordinal));

    private static IEnumerable<string> ForbiddenReferences(string project, string text) => XDocument.Parse(text)
        .Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
        .Where(name => !MayRefer[project].Contains(name));
}
