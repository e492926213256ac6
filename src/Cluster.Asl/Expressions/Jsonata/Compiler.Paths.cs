using System.Collections.Immutable;
using Cluster.Asl.Expressions.Jsonata.Nodes;
using Cluster.Asl.Expressions.Jsonata.Syntax;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <content>Paths, and what is called.</content>
internal sealed partial class Compiler
{
    private Node CompilePath(SyntaxNode node, in Place place, VariableScope? shared)
    {
        var isAbsolute = node.Items[0].Kind == SyntaxKind.Variable;
        if (node.Items.Exists(step => step.Tuple))
            return CompileTuplePath(node, place, isAbsolute, shared);
        var steps = ImmutableArray.CreateBuilder<ItemStep>(node.Items.Count);
        var repeated = place.Repeated;
        foreach (var step in node.Items)
            steps.Add(CompileStep(step, repeated, shared: null));
        var group = node.Group is null ? null : CompileGroup(node.Group.Pairs, node.Group.Position, place);
        var beginsWithArray = BeginsWithArray(node);
        var path = new ItemPathNode(place.Level + 1, steps.ToImmutable(), isAbsolute, beginsWithArray, KeepsSingleton(node), group);
        return group is null && !KeepsSingleton(node) && AreFields(steps, isAbsolute) ? FieldPath(place.Level + 1, steps, isAbsolute, path) : path;
    }

    private static bool AreFields(ImmutableArray<ItemStep>.Builder steps, bool isAbsolute)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            var isVariable = i == 0 && isAbsolute && steps[0].Node is VariableNode;
            if (!steps[i].Predicates.IsEmpty || !(isVariable || steps[i].Field is not null))
                return false;
        }

        return true;
    }

    private static FieldPathNode FieldPath(int level, ImmutableArray<ItemStep>.Builder steps, bool isAbsolute, ItemPathNode path) => new(
        level, isAbsolute ? steps[0].Node : null, [.. steps.Skip(isAbsolute ? 1 : 0).Select(step => step.Field!)], path);

    private static bool KeepsSingleton(SyntaxNode path) => path.KeepSingletonArray || path.KeepArray;

    private TuplePathNode CompileTuplePath(SyntaxNode node, in Place place, bool isAbsolute, VariableScope? shared)
    {
        var givesTuples = node.Tuple && shared is not null;
        var scope = VariableScope.OfPath(place.Scope, givesTuples ? shared : null);
        var inside = new Place(scope, place.Level + 1, MayRepeat: true);
        var outside = place.Repeated;
        var steps = ImmutableArray.CreateBuilder<TupleStep>(node.Items.Count);
        var begun = false;
        foreach (var step in node.Items)
        {
            // Before the first binding, items are values and the frame is the one around the path.
            begun |= step.Tuple;
            var isArray = steps.Count == 0 && BeginsWithArray(node);
            var compiled = CompileStep(step, begun && !isArray ? inside : outside, scope);
            steps.Add(new TupleStep(
                compiled,
                step.Tuple,
                string.IsNullOrEmpty(step.Focus) ? -1 : scope.Declare(step.Focus),
                string.IsNullOrEmpty(step.Index) ? -1 : scope.Declare(step.Index),
                step.Ancestor is null ? -1 : scope.Declare(step.Ancestor.Label)));
        }

        var group = node.Group is null ? null : CompileGroup(node.Group.Pairs, node.Group.Position, inside);
        return new TuplePathNode(
            scope, place.Level + 1, steps.MoveToImmutable(), isAbsolute, BeginsWithArray(node), KeepsSingleton(node), givesTuples, group);
    }

    private static bool BeginsWithArray(SyntaxNode path) => path.Items[0] is { Kind: SyntaxKind.Array, ConsArray: true };

    private ItemStep CompileStep(SyntaxNode step, in Place place, VariableScope? shared)
    {
        var predicates = step.Stages is null ? [] : CompileStages(step.Stages, place, shared);
        if (step.Kind == SyntaxKind.Sort)
        {
            var terms = ImmutableArray.CreateBuilder<SortTerm>(step.Terms.Count);
            foreach (var term in step.Terms)
                terms.Add(new SortTerm(Compile(term.Expression, place), term.Descending));
            return new ItemStep(new SortNode(step.Position, terms.MoveToImmutable()), Field: null, predicates);
        }

        // What brackets ask of a step, they ask of its path.
        if (step is { Kind: SyntaxKind.Name, Predicates: null, Group: null })
        {
            var field = new NameNode(step.Text);
            return new ItemStep(field, field, predicates);
        }

        return new ItemStep(Compile(step, place, step.Tuple ? shared : null), Field: null, predicates);
    }

    private ImmutableArray<Predicate> CompileStages(List<SyntaxStage> stages, in Place place, VariableScope? shared)
    {
        var predicates = ImmutableArray.CreateBuilder<Predicate>(stages.Count);
        foreach (var stage in stages)
        {
            if (stage.Predicate is not { } condition)
                predicates.Add(new Predicate(condition: null, index: null, (shared ?? place.Scope).Declare(stage.Index!)));
            else if (condition is { Kind: SyntaxKind.Number, Predicates: null, Group: null, KeepArray: false })
                predicates.Add(new Predicate(condition: null, IndexOf((JsonNumber)condition.Value!), slot: -1));
            else
                predicates.Add(new Predicate(Compile(condition, place), index: null, slot: -1));
        }

        return predicates.MoveToImmutable();
    }

    /// <summary>An index beyond all arrays selects nothing, as it should.</summary>
    private static int IndexOf(JsonNumber number) => (int)Math.Clamp(Math.Floor(number.ToDouble()), int.MinValue / 2, int.MaxValue);

    private Node CompileFunctionKind(SyntaxNode node, in Place place)
    {
        var deeper = place.Deeper;
        switch (node.Kind)
        {
            case SyntaxKind.Lambda:
                return CompileLambda(node, place);
            case SyntaxKind.Function:
                var (name, meant) = NameOf(node.Left!);
                ImmutableArray<Node> arguments = [.. CompileAll(node.Items, deeper)!];
                return new InvocationNode(
                    node.Position, name, place.Level, node.TailCall, Compile(node.Left!, deeper), meant, arguments);
            case SyntaxKind.Partial:
                var (partialName, partialMeant) = NameOf(node.Left!);
                return new PartialNode(
                    node.Position, partialName, place.Level + 1, Compile(node.Left!, deeper), partialMeant, [.. CompileAll(node.Items, deeper)]);
            case SyntaxKind.Transform:
                return CompileTransform(node, place);
            default:
                throw JsonataErrors.Of("S0201", node.Position, node.Text);
        }
    }

    /// <summary>What a call names, and the function that a name without dollar may have meant.</summary>
    private (string? Name, BuiltInFunction? Meant) NameOf(SyntaxNode procedure) => procedure.Kind switch
    {
        SyntaxKind.Path => (procedure.Items[0].Text, _builtIns.GetValueOrDefault(procedure.Items[0].Text)),
        SyntaxKind.Variable => (procedure.Text, null),
        _ => (null, null),
    };

    private IEnumerable<Node?> CompileAll(List<SyntaxNode> nodes, Place place) =>
        nodes.Select(node => node.Kind == SyntaxKind.Operator ? null : Compile(node, place));

    private LambdaNode CompileLambda(SyntaxNode node, in Place place)
    {
        var scope = VariableScope.OfLambda(place.Scope);
        ImmutableArray<int> slots = [.. node.Items.Select(parameter => scope.Declare(parameter.Text))];
        var body = Compile(node.Right!, new Place(scope, 1, MayRepeat: false));
        return new LambdaNode(scope, slots, node.Signature).With(body);
    }

    private TransformNode CompileTransform(SyntaxNode node, in Place place)
    {
        var repeated = place.Repeated;
        var parts = new TransformParts(
            Compile(node.Left!, repeated),
            Compile(node.Right!, repeated),
            node.Right!.Position,
            node.Third is null ? null : Compile(node.Third, repeated),
            node.Third?.Position ?? 0,
            CompileVariable("clone", place));
        return new TransformNode(parts, place.Level + 1);
    }
}
