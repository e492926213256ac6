using Xunit;

namespace Cluster.Integration.Tests.Clients;

/// <summary>The stories that each client tells: the files of the folders <c>Python</c> and <c>JavaScript</c>.</summary>
public abstract class ClientStories(ClientRig rig, string client)
{
    /// <summary>What the stories play on.</summary>
    protected ClientRig Rig { get; } = rig;

    [Fact]
    public Task Orders_run_are_read_and_listed_stopped_and_their_machine_deleted() => Rig.TellAsync(client, "order");

    [Fact]
    public Task Many_executions_and_a_long_history_are_read_page_by_page() => Rig.TellAsync(client, "pages");

    [Fact]
    public Task Every_error_is_of_the_class_that_the_client_has_for_it() => Rig.TellAsync(client, "errors");

    [Fact]
    public Task A_worker_polls_an_activity_keeps_its_tasks_alive_and_ends_them() => Rig.TellAsync(client, "activity");

    [Fact]
    public Task An_activity_that_has_all_the_workers_it_may_refuses_another() => Rig.TellAsync(client, "crowd");

    [Fact]
    public Task Whoever_has_the_token_of_a_task_approves_or_rejects() => Rig.TellAsync(client, "approval");

    [Fact]
    public Task Machines_and_activities_have_tags() => Rig.TellAsync(client, "tags");
}
