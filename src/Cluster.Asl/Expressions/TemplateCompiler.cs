using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Cluster.Asl.Expressions.Intrinsics;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>Compiles one template and gathers what is wrong with it.</summary>
internal sealed class TemplateCompiler
{
    /// <summary>So many faults are kept; a template of 1 MiB can hold more than anyone reads.</summary>
    private const int MaxFaults = 1000;

    /// <summary>So many characters of pointers are kept, the first always: names may be as long as the text, and stand in each below them.</summary>
    private const int MaxPointerCharacters = 262_144;

    private const string PathSuffix = ".$";

    private readonly ImmutableArray<TemplateFault>.Builder _faults = ImmutableArray.CreateBuilder<TemplateFault>();

    // The tokens of the pointer to the value that is being compiled.
    private readonly List<string> _place = [];

    private int _pointerCharacters;

    public ImmutableArray<TemplateFault> Faults => _faults.ToImmutable();

    public TemplateNode Compile(JsonValue source)
    {
        if (source.Depth > 0)
            RuntimeHelpers.EnsureSufficientExecutionStack();
        return source switch
        {
            JsonObject o => Compile(o),
            JsonArray array => Compile(array),
            _ => new ConstantNode(source),
        };
    }

    private TemplateNode Compile(JsonObject source)
    {
        var members = ImmutableArray.CreateBuilder<KeyValuePair<string, TemplateNode>>(source.Count);
        var isConstant = true;
        foreach (var (key, value) in source.Properties)
        {
            _place.Add(key);
            var isPath = key.EndsWith(PathSuffix, StringComparison.Ordinal);
            var name = isPath ? key[..^PathSuffix.Length] : key;
            if (isPath && source.TryGetValue(name, out _))
                AddFault(TemplateFaultReason.DuplicateField, key, Shown(value));
            var member = isPath ? CompilePath(key, value) : Compile(value);
            members.Add(KeyValuePair.Create(name, member));
            isConstant &= member is ConstantNode && !isPath;
            _place.RemoveAt(_place.Count - 1);
        }

        return isConstant ? new ConstantNode(source) : new ObjectNode(members.MoveToImmutable());
    }

    private TemplateNode Compile(JsonArray source)
    {
        var items = ImmutableArray.CreateBuilder<TemplateNode>(source.Count);
        var isConstant = true;
        for (var i = 0; i < source.Count; i++)
        {
            _place.Add(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            items.Add(Compile(source[i]));
            isConstant &= items[i] is ConstantNode;
            _place.RemoveAt(_place.Count - 1);
        }

        return isConstant ? new ConstantNode(source) : new ArrayNode(items.MoveToImmutable());
    }

    private TemplateNode CompilePath(string key, JsonValue value)
    {
        if (value is JsonString { Value: ['$', ..] } path)
        {
            if (JsonPath.TryParse(path.Value, out var parsed))
                return new PathNode(parsed, key);
            AddFault(IsVariable(path.Value) ? TemplateFaultReason.Variable : TemplateFaultReason.NotAPath, key, path.Value);
        }
        else
        {
            string? variable = null;
            if (value is JsonString text && IntrinsicCall.TryParse(text.Value, out var call, out variable))
                return new CallNode(call);
            AddFault(variable is null ? TemplateFaultReason.NotAPath : TemplateFaultReason.Variable, key, variable ?? Shown(value));
        }

        return new ConstantNode(value);
    }

    private static bool IsVariable(string text) => text is ['$', var first, ..] && (char.IsLetter(first) || first == '_');

    private static string Shown(JsonValue value) => value is JsonString text ? text.Value : value.ToString();

    private void AddFault(TemplateFaultReason reason, string key, string text)
    {
        if (_faults.Count >= MaxFaults || _pointerCharacters >= MaxPointerCharacters)
            return;
        var pointer = Pointer();
        _pointerCharacters += pointer.Length;
        _faults.Add(new TemplateFault(pointer, reason, key, text));
    }

    private string Pointer() => string.Concat(_place.Select(token => "/" + JsonPositions.Escape(token)));
}
