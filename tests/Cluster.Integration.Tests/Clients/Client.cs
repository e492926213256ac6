using System.Collections.Concurrent;

namespace Cluster.Integration.Tests.Clients;

/// <summary>One of AWS's own clients, as it is on this machine.</summary>
/// <param name="Name">What the tests call it.</param>
/// <param name="Program">What runs its scripts.</param>
/// <param name="Language">The folder of its stories, and the extension of their files.</param>
/// <param name="Environment">What its scripts are told of it.</param>
public sealed record Client(string Name, string Program, ClientLanguage Language, IReadOnlyDictionary<string, string> Environment)
{
    public const string Cli = "aws-cli";
    public const string CliOfPath = "aws-cli-of-path";
    public const string Boto3 = "boto3";
    public const string Boto3OfPath = "boto3-of-path";
    public const string JavaScript = "javascript";

    private const string DebianCli = "/usr/bin/aws";
    private const string DebianPython = "/usr/bin/python3";
    private const string DebianBoto3 = "/usr/lib/python3/dist-packages/boto3";

    private static readonly ConcurrentDictionary<string, Lazy<Client?>> Found = new(StringComparer.Ordinal);

    /// <summary>Finds a client; null when it is not here.</summary>
    public static Client? Find(string name) => Found.GetOrAdd(name, static name => new(() => Look(name))).Value;

    /// <summary>Why the tests of a client that is not here are skipped.</summary>
    public static string Absence(string name) => name switch
    {
        CliOfPath or Boto3OfPath => "There is no other version in the path than Debian's.",
        JavaScript => "The AWS SDK for JavaScript is not here: 'eng/client-packages' installs it. NOTHING was tested with it.",
        Cli => "The AWS CLI of Debian is not here: 'eng/need /usr/bin/aws awscli' installs it. NOTHING was tested with it.",
        _ => $"Debian's boto3 is not here: 'eng/need {DebianBoto3} python3-boto3' installs it. NOTHING was tested with it.",
    };

    private static Client? Look(string name) => name switch
    {
        Cli when File.Exists(DebianCli) && File.Exists(DebianPython) => OfCli(name, DebianCli),
        CliOfPath when File.Exists(DebianPython) && InPath("aws", static _ => true) is { } program => OfCli(name, program),
        Boto3 when Directory.Exists(DebianBoto3) => new Client(name, DebianPython, ClientLanguage.Python, None),
        Boto3OfPath when InPath("python3", HasBoto3) is { } program => new Client(name, program, ClientLanguage.Python, None),
        JavaScript when Directory.Exists(ClientFolders.NodeModules) =>
            new Client(name, "node", ClientLanguage.JavaScript, new Dictionary<string, string>(StringComparer.Ordinal) { ["NODE_PATH"] = ClientFolders.NodeModules }),
        _ => null,
    };

    private static Dictionary<string, string> None => new(StringComparer.Ordinal);

    private static Client OfCli(string name, string program) => new(name, DebianPython, ClientLanguage.Python, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CLUSTER_CLI"] = program,
        ["CLUSTER_CLI_VERSION"] = ClientProcess.RunAsync(program, ["--version"], None).GetAwaiter().GetResult().Output,
    });

    private static string? InPath(string program, Func<string, bool> fits) => (System.Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Where(folder => folder is not ("/usr/bin" or "/bin"))
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(path => File.Exists(path) && fits(path));

    private static bool HasBoto3(string python) => ClientProcess.RunAsync(python, ["-c", "import boto3"], None).GetAwaiter().GetResult().Code == 0;
}

/// <summary>What a client's stories are written in.</summary>
public enum ClientLanguage
{
    /// <summary>Python.</summary>
    Python,

    /// <summary>JavaScript, of Node.</summary>
    JavaScript,
}
