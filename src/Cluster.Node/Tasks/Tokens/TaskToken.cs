using System.Diagnostics.CodeAnalysis;
using System.Text;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tasks.Tokens;

/// <summary>What a task token names: one attempt of one visit of a state in one scope of an execution.</summary>
/// <param name="Execution">The execution.</param>
/// <param name="Scope">The scope's path; empty for the execution itself.</param>
/// <param name="Visit">Which visit of a state of the scope, from 1.</param>
/// <param name="Attempt">Which attempt of the visit, from 0.</param>
public sealed record TaskToken(ExecutionId Execution, string Scope, long Visit, int Attempt)
{
    /// <summary>The bytes of the nonce: 128 bits of chance that nobody can foretell.</summary>
    public const int NonceBytes = 16;

    /// <summary>The bytes of a token without scope, nonce and MAC.</summary>
    private const int FixedBytes = ExecutionId.Size + sizeof(long) + sizeof(int);

    /// <summary>The bytes that are signed: id, visit, attempt, nonce, scope.</summary>
    internal byte[] Body(ReadOnlySpan<byte> nonce)
    {
        var body = new byte[FixedBytes + NonceBytes + Encoding.UTF8.GetByteCount(Scope)];
        Execution.Write(body);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(ExecutionId.Size), Visit);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(ExecutionId.Size + sizeof(long)), Attempt);
        nonce.CopyTo(body.AsSpan(FixedBytes));
        Encoding.UTF8.GetBytes(Scope, body.AsSpan(FixedBytes + NonceBytes));
        return body;
    }

    /// <summary>What signed bytes name; false when they are too short.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out TaskToken? token)
    {
        token = null;
        if (body.Length < FixedBytes + NonceBytes)
            return false;
        token = new TaskToken(
            ExecutionId.Read(body),
            Encoding.UTF8.GetString(body[(FixedBytes + NonceBytes)..]),
            System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(body[ExecutionId.Size..]),
            System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(body[(ExecutionId.Size + sizeof(long))..]));
        return true;
    }
}
