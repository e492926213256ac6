namespace Cluster.Integration.Tests.Clients;

/// <summary>Where the clients' stories and packages lie.</summary>
internal static class ClientFolders
{
    private static readonly string Root =
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>What <c>eng/client-packages</c> installs.</summary>
    public static string NodeModules => Path.Combine(Root, "artifacts", "clients", "node_modules");

    /// <summary>The arguments that tell a story.</summary>
    public static string[] Story(ClientLanguage language, string story)
    {
        var folder = Path.Combine(Root, "tests", "Cluster.Integration.Tests", "Clients", language.ToString());
        return [Path.Combine(folder, language == ClientLanguage.Python ? "story.py" : "story.cjs"), story];
    }
}
