using System.Collections.Frozen;
using System.Collections.Immutable;
using Cluster.Asl.Expressions.Jsonata.Nodes;
using Cluster.Asl.Expressions.Jsonata.Patterns;
using Cluster.Asl.Expressions.Jsonata.Syntax;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>
/// Makes nodes of a shaped expression. Each part is told how deep it lies, so that depth costs an addition, and where its variables are.
/// </summary>
internal sealed partial class Compiler(JsonataDialect dialect)
{
    /// <summary>The name of the document at the root: it is written with two dollars.</summary>
    public const string RootName = "$";

    /// <summary>The slot of <see cref="RootName"/> in the frame of the whole expression: the first.</summary>
    public const int RootSlot = 0;

    private readonly FrozenDictionary<string, BuiltInFunction> _builtIns = BuiltInFunctions.Of(dialect);
    private readonly Dictionary<string, int> _globals = new(StringComparer.Ordinal);
    private readonly List<(VariableNode Node, VariableScope Scope, string? Name, AncestorSlot? Slot)> _unresolved = [];

    /// <summary>A place in the expression.</summary>
    /// <param name="Scope">The variables there.</param>
    /// <param name="Level">How deep a part lies there.</param>
    /// <param name="MayRepeat">Whether a part may run several times in the life of its frame.</param>
    private readonly record struct Place(VariableScope Scope, int Level, bool MayRepeat)
    {
        /// <summary>The place of a part of a part.</summary>
        public Place Deeper => this with { Level = Level + 1 };

        /// <summary>The place of a part that runs for each item.</summary>
        public Place Repeated => this with { Level = Level + 1, MayRepeat = true };
    }

    /// <summary>The variables asked of the caller, by the number under which an evaluation keeps them.</summary>
    public int GlobalCount => _globals.Count;

    /// <summary>Compiles a whole expression.</summary>
    public Node Compile(SyntaxNode root, out VariableScope scope)
    {
        scope = VariableScope.Root();
        scope.Declare(RootName);
        var node = Compile(root, new Place(scope, 1, MayRepeat: false), shared: null);
        foreach (var (variable, at, name, slot) in _unresolved)
            variable.Resolve(at.Find(slot?.Label ?? name!));
        return node;
    }

    private Node Compile(SyntaxNode node, in Place place, VariableScope? shared = null)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();

        // A path has its grouping and its brackets itself.
        if (node.Kind == SyntaxKind.Path)
            return CompilePath(node, place, shared);
        if (node.Predicates is null && node.Group is null && !node.KeepArray)
            return CompileKind(node, place, shared);

        // Predicates behind a block see the variables that its items carry out of it.
        if (node.Tuple && node.Kind == SyntaxKind.Block)
            shared ??= VariableScope.OfPath(place.Scope, shared: null);
        var inner = CompileKind(node, place, shared);
        var around = place.Repeated;
        if (inner.GivesTuples)
            around = around with { Scope = VariableScope.OfPath(place.Scope, shared) };
        var predicates = node.Predicates is null ? [] : CompileStages(node.Predicates, around, shared);
        var group = node.Group is null ? null : CompileGroup(node.Group.Pairs, node.Group.Position, place);
        return new DecoratedNode(inner, predicates, group, node.KeepArray);
    }

    private Node CompileKind(SyntaxNode node, in Place place, VariableScope? shared)
    {
        var deeper = place.Deeper;
        switch (node.Kind)
        {
            case SyntaxKind.String:
            case SyntaxKind.Number:
            case SyntaxKind.Literal:
                return new LiteralNode(node.Value!);
            case SyntaxKind.Regex:
                return new LiteralNode(RegexFunction.Compile(node.Text, node.Flags, node.Position));
            case SyntaxKind.Name:
                return new NameNode(node.Text);
            case SyntaxKind.Variable:
                return CompileVariable(node.Text, place);
            case SyntaxKind.Parent:
                return Later(new VariableNode(node.Slot!.Label, global: -1, builtIn: null), place, name: null, node.Slot);
            case SyntaxKind.Wildcard:
                return new WildcardNode();
            case SyntaxKind.Descendant:
                return new DescendantNode();
            case SyntaxKind.Negation:
                return new NegationNode(node.Position, deeper.Level, Compile(node.Left!, deeper));
            case SyntaxKind.Binary:
                return CompileBinary(node, deeper);
            case SyntaxKind.Array:
                return CompileArray(node, place);
            case SyntaxKind.Object:
                return CompileGroup(node.Pairs, node.Position, place);
            case SyntaxKind.Block:
                return CompileBlock(node, place, shared);
            case SyntaxKind.Condition:
                return new ConditionNode(
                    deeper.Level,
                    Compile(node.Left!, deeper),
                    Compile(node.Right!, deeper),
                    node.Third is null ? null : Compile(node.Third, deeper));
            case SyntaxKind.Default:
            case SyntaxKind.Coalesce:
                return new FallbackNode(
                    node.Kind == SyntaxKind.Coalesce, deeper.Level, Compile(node.Left!, deeper), Compile(node.Right!, deeper));
            case SyntaxKind.Bind:
                return new BindNode(place.Scope.Declare(node.Text), place.Level, Compile(node.Right!, deeper));
            case SyntaxKind.Apply:
                return new ApplyNode(node.Position, place.Level, Compile(node.Left!, deeper), Compile(node.Right!, deeper));
            default:
                return CompileFunctionKind(node, place);
        }
    }

    private Node CompileVariable(string name, in Place place)
    {
        if (name.Length == 0)
            return new ContextNode();
        if (string.Equals(name, RootName, StringComparison.Ordinal))
            return Later(new VariableNode(name, global: -1, builtIn: null), place, name, slot: null);
        if (!_globals.TryGetValue(name, out var global))
            _globals[name] = global = _globals.Count;
        return Later(new VariableNode(name, global, _builtIns.GetValueOrDefault(name)), place, name, slot: null);
    }

    private VariableNode Later(VariableNode node, in Place place, string? name, AncestorSlot? slot)
    {
        _unresolved.Add((node, place.Scope, name, slot));
        return node;
    }

    private Node CompileBinary(SyntaxNode node, in Place place)
    {
        var left = Compile(node.Left!, place);
        var right = Compile(node.Right!, place);
        var (symbol, position, level) = (node.Text, node.Position, place.Level);
        return symbol switch
        {
            "+" => new ArithmeticNode(Arithmetic.Add, symbol, position, level, left, right),
            "-" => new ArithmeticNode(Arithmetic.Subtract, symbol, position, level, left, right),
            "*" => new ArithmeticNode(Arithmetic.Multiply, symbol, position, level, left, right),
            "/" => new ArithmeticNode(Arithmetic.Divide, symbol, position, level, left, right),
            "%" => new ArithmeticNode(Arithmetic.Remainder, symbol, position, level, left, right),
            "=" => new EqualityNode(isEqual: true, level, left, right),
            "!=" => new EqualityNode(isEqual: false, level, left, right),
            "<" => new ComparisonNode(Comparison.Less, symbol, position, level, left, right),
            "<=" => new ComparisonNode(Comparison.LessOrEqual, symbol, position, level, left, right),
            ">" => new ComparisonNode(Comparison.Greater, symbol, position, level, left, right),
            ">=" => new ComparisonNode(Comparison.GreaterOrEqual, symbol, position, level, left, right),
            "and" => new LogicNode(isAnd: true, level, left, right),
            "or" => new LogicNode(isAnd: false, level, left, right),
            "&" => new ConcatNode(level, left, right),
            "in" => new InclusionNode(level, left, right),
            ".." => new RangeNode(position, level, left, right),
            _ => throw JsonataErrors.Of("S0201", position, symbol),
        };
    }

    private ListNode CompileArray(SyntaxNode node, in Place place)
    {
        var deeper = place.Deeper;
        var items = ImmutableArray.CreateBuilder<Node>(node.Items.Count);
        foreach (var item in node.Items)
            items.Add(Compile(item, deeper));
        ImmutableArray<bool> keeps = [.. node.Items.Select(item => item.Kind == SyntaxKind.Array)];
        return new ListNode(place.Level + (items.Count == 0 ? 0 : 1), node.ConsArray, items.MoveToImmutable(), keeps);
    }

    private BlockNode CompileBlock(SyntaxNode node, in Place place, VariableScope? shared)
    {
        var scope = VariableScope.OfBlock(place.Scope, place.MayRepeat);
        var inner = new Place(scope, place.Level + 1, MayRepeat: false);
        var statements = ImmutableArray.CreateBuilder<Node>(node.Items.Count);
        for (var i = 0; i < node.Items.Count; i++)
            statements.Add(Compile(node.Items[i], inner, node.Tuple && i == node.Items.Count - 1 ? shared : null));
        return new BlockNode(scope, place.Level + (statements.Count == 0 ? 0 : 1), node.Tuple, statements.MoveToImmutable());
    }

    private GroupNode CompileGroup(List<SyntaxPair> pairs, int position, in Place place)
    {
        var repeated = place.Repeated;
        var compiled = ImmutableArray.CreateBuilder<GroupPair>(pairs.Count);
        foreach (var (key, value) in pairs)
        {
            var name = key is { Kind: SyntaxKind.String, Predicates: null, Group: null, KeepArray: false } ? key.Text : null;
            compiled.Add(new GroupPair(name, Compile(key, repeated), Compile(value, repeated)));
        }

        return new GroupNode(position, place.Level + (pairs.Count == 0 ? 0 : 1), compiled.MoveToImmutable());
    }
}
