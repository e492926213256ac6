using Cluster.Protocol.Errors;

namespace Cluster.Node.Database;

/// <summary>The store cannot do it now: it is full, too busy, failing or closing. Nothing was written; the caller may try again.</summary>
public sealed class StoreUnavailableException : UnavailableException
{
    /// <summary>Says why.</summary>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, and what was behind it.</summary>
    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Without a reason.</summary>
    public StoreUnavailableException()
    {
    }
}
