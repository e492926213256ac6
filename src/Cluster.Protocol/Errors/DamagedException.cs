namespace Cluster.Protocol.Errors;

/// <summary>
/// What is stored is not what was written, or cannot be read to its end. To try again does not help; an operator must look after it. Whoever
/// reads something that is so refuses to serve it, and serves everything else.
/// </summary>
public sealed class DamagedException : IOException
{
    /// <summary>Says what the driver told.</summary>
    public DamagedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Says what is wrong.</summary>
    public DamagedException(string message)
        : base(message)
    {
    }

    /// <summary>Without a reason.</summary>
    public DamagedException()
    {
    }
}
