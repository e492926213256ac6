namespace Cluster.Protocol.Errors;

/// <summary>
/// Something that is needed does not answer now: a database that is gone, full or busy. Nothing is wrong with the request; the caller is told
/// to try again.
/// </summary>
public class UnavailableException : IOException
{
    /// <summary>Says why.</summary>
    public UnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, and what was behind it.</summary>
    public UnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Without a reason.</summary>
    public UnavailableException()
    {
    }
}
