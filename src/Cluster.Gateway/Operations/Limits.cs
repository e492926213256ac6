namespace Cluster.Gateway.Operations;

/// <summary>The limits of the API model.</summary>
internal static class Limits
{
    /// <summary>The most characters of an ARN.</summary>
    public const int Arn = 256;

    /// <summary>The most bytes of a definition, after its escapes are gone.</summary>
    public const int DefinitionBytes = 1_048_576;

    /// <summary>The most bytes of an input, after its escapes are gone.</summary>
    public const int PayloadBytes = 262_144;

    /// <summary>The most characters of an error's name.</summary>
    public const int Error = 256;

    /// <summary>The most characters of a cause.</summary>
    public const int Cause = 32_768;

    /// <summary>The most characters of a trace header.</summary>
    public const int TraceHeader = 256;

    /// <summary>The most characters of a page token.</summary>
    public const int PageToken = 1_024;

    /// <summary>The most characters of ListExecutions' page token.</summary>
    public const int ExecutionsPageToken = 3_096;

    /// <summary>The most items of a page.</summary>
    public const int PageSize = 1_000;

    /// <summary>The items of a page where the caller does not say, or says 0.</summary>
    public const int DefaultPageSize = 100;

    /// <summary>The most characters of a version's description.</summary>
    public const int VersionDescription = 256;

    /// <summary>The most tags of a resource.</summary>
    public const int Tags = 50;

    /// <summary>The most characters of a tag's key.</summary>
    public const int TagKey = 128;

    /// <summary>The most characters of a tag's value.</summary>
    public const int TagValue = 256;

    /// <summary>The most characters of a task token.</summary>
    public const int TaskToken = 2_048;

    /// <summary>The most diagnostics of a definition, and how many where the caller does not say, or says 0.</summary>
    public const int Diagnostics = 100;
}
