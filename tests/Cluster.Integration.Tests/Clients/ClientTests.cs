using Xunit;

namespace Cluster.Integration.Tests.Clients;

/// <summary>Debian's AWS CLI, unmodified, against the shipped server.</summary>
[Trait("Suite", "Client")]
public sealed class DebianCliTests(ClientRig rig) : ClientStories(rig, Client.Cli);

/// <summary>Another AWS CLI, where the path has one.</summary>
[Trait("Suite", "Client")]
public sealed class OtherCliTests(ClientRig rig) : ClientStories(rig, Client.CliOfPath);

/// <summary>Debian's boto3.</summary>
[Trait("Suite", "Client")]
public sealed class DebianBoto3Tests(ClientRig rig) : ClientStories(rig, Client.Boto3)
{
    /// <summary>What counts are the calls: they are AWS's own, whoever sends them.</summary>
    [Fact]
    public Task What_Terraform_asks_for_a_machine_is_answered() => Rig.TellAsync(Client.Boto3, "terraform");
}

/// <summary>Another boto3, where the path has one.</summary>
[Trait("Suite", "Client")]
public sealed class OtherBoto3Tests(ClientRig rig) : ClientStories(rig, Client.Boto3OfPath)
{
    /// <summary>What counts are the calls: they are AWS's own, whoever sends them.</summary>
    [Fact]
    public Task What_Terraform_asks_for_a_machine_is_answered() => Rig.TellAsync(Client.Boto3OfPath, "terraform");
}

/// <summary>The AWS SDK for JavaScript, in the version that its lock file names.</summary>
[Trait("Suite", "Client")]
public sealed class JavaScriptTests(ClientRig rig) : ClientStories(rig, Client.JavaScript)
{
    /// <summary>What counts are the calls: they are AWS's own, whoever sends them.</summary>
    [Fact]
    public Task What_Terraform_asks_for_a_machine_is_answered() => Rig.TellAsync(Client.JavaScript, "terraform");
}
