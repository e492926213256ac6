using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>Compiles one template and gathers what is wrong with it.</summary>
internal sealed class TemplateCompiler
{
    private const string PathSuffix = ".$";

    private const string IntrinsicPrefix = "States.";

    private readonly ImmutableArray<TemplateFault>.Builder _faults = ImmutableArray.CreateBuilder<TemplateFault>();

    // The tokens of the pointer to the value that is being compiled.
    private readonly List<string> _place = [];

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
                AddFault(TemplateFaultReason.DuplicateField, key, value);
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
        if (value is JsonString text && JsonPath.TryParse(text.Value, out var path))
            return new PathNode(path, key);
        AddFault(ReasonOf(value), key, value);
        return new ConstantNode(value);
    }

    private static TemplateFaultReason ReasonOf(JsonValue value) => value switch
    {
        JsonString text when text.Value.StartsWith(IntrinsicPrefix, StringComparison.Ordinal) && text.Value.EndsWith(')') =>
            TemplateFaultReason.IntrinsicFunction,
        JsonString { Value: ['$', var first, ..] } when char.IsLetter(first) || first == '_' => TemplateFaultReason.Variable,
        _ => TemplateFaultReason.NotAPath,
    };

    private void AddFault(TemplateFaultReason reason, string key, JsonValue value) =>
        _faults.Add(new TemplateFault(Pointer(), reason, key, value is JsonString text ? text.Value : value.ToString()));

    private string Pointer() => string.Concat(_place.Select(token => "/" + JsonPositions.Escape(token)));
}
