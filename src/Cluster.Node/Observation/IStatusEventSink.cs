namespace Cluster.Node.Observation;

/// <summary>Where changes of status are told, after they have committed. One thread at a time uses it.</summary>
/// <remarks>Best effort, as AWS says of its own: an event may be missing after a crash. Those of one execution come in order.</remarks>
public interface IStatusEventSink
{
    /// <summary>Takes an event. A sink that cannot must give it up and count it; it must not wait long, since others come after it.</summary>
    void Take(StatusEvent e);
}
