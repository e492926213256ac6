using System.Buffers.Binary;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary><c>States.UUID()</c>: a random UUID, version 4 (A108).</summary>
internal sealed class UuidFunction() : IntrinsicFunction("States.UUID", least: 0, most: 0)
{
    private const int Bytes = 16;
    private const int VersionAt = 6;
    private const int VariantAt = 8;

    public override bool MayGiveText => true;

    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress)
    {
        // 64 bits of chance alone would meet among some billions; with the execution's name two of different executions do not.
        var chance = progress.Draw(scope);
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, chance);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[(Bytes / 2)..], Chance.Derive(chance, scope.Context.ExecutionArn));
        bytes[VersionAt] = (byte)((bytes[VersionAt] & 0x0f) | 0x40);
        bytes[VariantAt] = (byte)((bytes[VariantAt] & 0x3f) | 0x80);
        return new JsonString(new Guid(bytes, bigEndian: true).ToString());
    }
}
