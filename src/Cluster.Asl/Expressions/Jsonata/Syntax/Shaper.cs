namespace Cluster.Asl.Expressions.Jsonata.Syntax;

/// <summary>
/// Shapes a parsed expression for compilation: chains of dots become paths with steps, predicates find their step, parent operators
/// find the step whose item they mean, and calls in tail position are marked.
/// </summary>
internal sealed partial class Shaper
{
    private int _depth;

    private Shaper()
    {
    }

    /// <exception cref="JsonataException">The expression cannot mean anything.</exception>
    public static SyntaxNode Shape(SyntaxNode expression)
    {
        var shaped = new Shaper().Visit(expression);
        if (shaped.Kind == SyntaxKind.Parent || shaped.Seeking is not null)
            throw JsonataErrors.Of("S0217", shaped.Position, Ancestry.NameOf(shaped));
        return shaped;
    }

    private SyntaxNode Visit(SyntaxNode node)
    {
        if (++_depth > JsonataLimits.MaxExpressionDepth)
            throw Parser.TooDeep();
        var shaped = VisitKind(node);
        shaped.KeepArray |= node.KeepArray;
        _depth--;
        return shaped;
    }

    private SyntaxNode VisitKind(SyntaxNode node)
    {
        switch (node.Kind)
        {
            case SyntaxKind.Name:
                return PathOf(node);
            case SyntaxKind.Operator when node.Text is not "?":
                node.Kind = SyntaxKind.Name;
                return PathOf(node);
            case SyntaxKind.End:
                throw JsonataErrors.Of("S0207", node.Position, node.Text);
            case SyntaxKind.Parent:
                return new SyntaxNode(SyntaxKind.Parent, node.Position) { Slot = _ancestry.NewSlot(), KeepArray = node.KeepArray };
            case SyntaxKind.Binary:
                return VisitBinary(node);
            case SyntaxKind.Negation:
                return VisitNegation(node);
            case SyntaxKind.Object:
                VisitPairs(node, node.Pairs, passAncestors: true);
                return node;
            case SyntaxKind.Array:
            case SyntaxKind.Block:
                return VisitItems(node);
            case SyntaxKind.Function:
            case SyntaxKind.Partial:
                VisitItems(node);
                node.Left = Visit(node.Left!);
                return node;
            case SyntaxKind.Lambda:
                node.Right = Visit(node.Right!);
                TailCalls.Mark(node.Right);
                return node;
            case SyntaxKind.Transform:
                node.Left = Visit(node.Left!);
                node.Right = Visit(node.Right!);
                node.Third = node.Third is null ? null : Visit(node.Third);
                return node;
            case SyntaxKind.Condition:
            case SyntaxKind.Default:
            case SyntaxKind.Coalesce:
                return VisitOperands(node);
            default:
                return node;
        }
    }

    private static SyntaxNode PathOf(SyntaxNode name)
    {
        var path = new SyntaxNode(SyntaxKind.Path, name.Position) { Items = [name] };
        path.KeepSingletonArray = name.KeepArray;
        return path;
    }

    private SyntaxNode VisitItems(SyntaxNode node)
    {
        for (var i = 0; i < node.Items.Count; i++)
        {
            var item = Visit(node.Items[i]);
            node.Items[i] = item;
            Ancestry.Pass(node, item);
            if (node.Kind == SyntaxKind.Block && (item.ConsArray || (item.Kind == SyntaxKind.Path && item.Items[0].ConsArray)))
                node.ConsArray = true;
        }

        return node;
    }

    /// <summary>Shapes up to three operands, whose needs of ancestors become the node's.</summary>
    private SyntaxNode VisitOperands(SyntaxNode node)
    {
        node.Left = Visit(node.Left!);
        Ancestry.Pass(node, node.Left);
        node.Right = Visit(node.Right!);
        Ancestry.Pass(node, node.Right);
        if (node.Third is null)
            return node;
        node.Third = Visit(node.Third);
        Ancestry.Pass(node, node.Third);
        return node;
    }

    private void VisitPairs(SyntaxNode owner, List<SyntaxPair> pairs, bool passAncestors)
    {
        for (var i = 0; i < pairs.Count; i++)
        {
            var key = Visit(pairs[i].Key);
            var value = Visit(pairs[i].Value);
            pairs[i] = new SyntaxPair(key, value);
            if (!passAncestors)
                continue;
            Ancestry.Pass(owner, key);
            Ancestry.Pass(owner, value);
        }
    }

    private SyntaxNode VisitNegation(SyntaxNode node)
    {
        var operand = Visit(node.Left!);
        node.Left = operand;
        if (operand.Kind == SyntaxKind.Number)
        {
            var negated = Json.JsonNumber.OfComputed(-((Json.JsonNumber)operand.Value!).ToDouble());
            return new SyntaxNode(SyntaxKind.Number, operand.Position) { Text = node.Text + operand.Text, Value = negated };
        }

        Ancestry.Pass(node, operand);
        return node;
    }
}
