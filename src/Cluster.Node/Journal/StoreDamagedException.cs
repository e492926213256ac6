namespace Cluster.Node.Journal;

/// <summary>The file of a store cannot be read to its end.</summary>
public sealed class StoreDamagedException : IOException
{
    /// <summary>Says what the driver told.</summary>
    public StoreDamagedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Says what is wrong.</summary>
    public StoreDamagedException(string message)
        : base(message)
    {
    }

    /// <summary>Without a reason.</summary>
    public StoreDamagedException()
    {
    }
}
