using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Cluster.Node.Tests.Architecture;

/// <summary>Reads IL one instruction at a time.</summary>
internal static class Instructions
{
    private const byte TwoByteEscape = 0xFE;

    private static readonly OperandType?[] OneByte = new OperandType?[256];
    private static readonly OperandType?[] TwoBytes = new OperandType?[256];

    static Instructions()
    {
        foreach (var field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            if (field.GetValue(null) is not OpCode code)
                continue;
            (code.Size == 1 ? OneByte : TwoBytes)[code.Value & 0xFF] = code.OperandType;
        }
    }

    /// <summary>Steps over one instruction; the metadata token that it names, or null.</summary>
    public static int? ReadToken(ref BlobReader code)
    {
        var first = code.ReadByte();
        var operand = first == TwoByteEscape ? TwoBytes[code.ReadByte()] : OneByte[first];
        switch (operand)
        {
            case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType or OperandType.InlineSig:
                return code.ReadInt32();
            case OperandType.InlineNone:
                break;
            case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                code.ReadByte();
                break;
            case OperandType.InlineVar:
                code.ReadInt16();
                break;
            case OperandType.InlineI8 or OperandType.InlineR:
                code.ReadInt64();
                break;
            case OperandType.InlineSwitch:
                var count = code.ReadInt32();
                code.Offset += 4 * count;
                break;
            case OperandType.InlineBrTarget or OperandType.InlineI or OperandType.InlineString or OperandType.ShortInlineR:
                code.ReadInt32();
                break;
            default:
                throw new InvalidDataException($"unknown instruction {first:x2}");
        }

        return null;
    }
}
