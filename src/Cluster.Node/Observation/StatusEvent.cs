using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Cluster.Node.Journal;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Observation;

/// <summary>A Standard execution's status has changed: what AWS tells EventBridge of it.</summary>
public sealed record StatusEvent
{
    /// <summary>The execution's id.</summary>
    public required ExecutionId Execution { get; init; }

    /// <summary>The id of the history event that changed the status.</summary>
    public required long HistoryId { get; init; }

    /// <summary>When it changed, in Unix milliseconds.</summary>
    public required long At { get; init; }

    /// <summary>The execution's ARN.</summary>
    public required ExecutionArn Arn { get; init; }

    /// <summary>The status it has since.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>When the execution started, in Unix milliseconds.</summary>
    public required long StartDate { get; init; }

    /// <summary>When it ended, in Unix milliseconds; null while it runs.</summary>
    public long? StopDate => Status == ExecutionStatus.Running ? null : At;

    /// <summary>The input as it was sent: JSON text in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>The output: JSON text in UTF-8, or null when there is none.</summary>
    public ReadOnlyMemory<byte>? Output { get; init; }

    /// <summary>The error name, or null.</summary>
    public string? Error { get; init; }

    /// <summary>The cause, or null.</summary>
    public string? Cause { get; init; }

    /// <summary>The event's id, a UUID. It is made from what happened: were the same change told twice, it would have the same id.</summary>
    public string Id
    {
        get
        {
            Span<byte> what = stackalloc byte[ExecutionId.Size + sizeof(long)];
            Execution.Write(what);
            BinaryPrimitives.WriteInt64BigEndian(what[ExecutionId.Size..], HistoryId);
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(what, hash);
            const int version = 6;
            const int variant = 8;
            hash[version] = (byte)((hash[version] & 0x0F) | 0x80);
            hash[variant] = (byte)((hash[variant] & 0x3F) | 0x80);
            return new Guid(hash[..16], bigEndian: true).ToString("D", CultureInfo.InvariantCulture);
        }
    }
}
