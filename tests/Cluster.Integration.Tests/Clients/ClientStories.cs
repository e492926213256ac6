using Xunit;

namespace Cluster.Integration.Tests.Clients;

/// <summary>The stories that each client tells: the files of the folders <c>Python</c> and <c>JavaScript</c>.</summary>
public abstract class ClientStories(ClientRig rig, string client)
{
    [Fact]
    public Task Orders_run_are_read_and_listed_stopped_and_their_machine_deleted() => rig.TellAsync(client, "order");

    [Fact]
    public Task Many_executions_and_a_long_history_are_read_page_by_page() => rig.TellAsync(client, "pages");

    [Fact]
    public Task Every_error_is_of_the_class_that_the_client_has_for_it() => rig.TellAsync(client, "errors");

    [Fact]
    public Task Machines_and_activities_have_tags() => rig.TellAsync(client, "tags");

    [Fact]
    public Task What_Terraform_asks_for_a_machine_is_answered() => rig.TellAsync(client, "terraform");
}
