namespace Cluster.Asl.Expressions.Jsonata.Syntax;

/// <content>Paths and what hangs on their steps.</content>
internal sealed partial class Shaper
{
    private readonly Ancestry _ancestry = new();

    private SyntaxNode VisitBinary(SyntaxNode node)
    {
        switch (node.Text)
        {
            case ".":
                return VisitDot(node);
            case "[":
                return VisitPredicate(node);
            case "{":
                return VisitGroup(node);
            case "^":
                return VisitOrderBy(node);
            case "@":
                return VisitFocus(node);
            case "#":
                return VisitIndex(node);
            case ":=":
                var bind = new SyntaxNode(SyntaxKind.Bind, node.Position)
                {
                    Text = node.Left!.Text,
                    KeepArray = node.KeepArray,
                    Right = Visit(node.Right!),
                };
                Ancestry.Pass(bind, bind.Right);
                return bind;
            case "~>":
                var apply = new SyntaxNode(SyntaxKind.Apply, node.Position) { Left = Visit(node.Left!), Right = Visit(node.Right!) };
                apply.KeepArray = apply.Left.KeepArray || apply.Right.KeepArray;
                return apply;
            default:
                return VisitOperands(node);
        }
    }

    private static SyntaxNode AsPath(SyntaxNode node) =>
        node.Kind == SyntaxKind.Path ? node : new SyntaxNode(SyntaxKind.Path, node.Position) { Items = [node] };

    private SyntaxNode VisitDot(SyntaxNode node)
    {
        var left = Visit(node.Left!);
        var path = AsPath(left);
        if (left.Kind == SyntaxKind.Parent)
            path.Seeking = [left.Slot!];
        var right = Visit(node.Right!);
        if (right.Kind == SyntaxKind.Path)
        {
            path.Items.AddRange(right.Items);
        }
        else
        {
            (right.Stages, right.Predicates) = (right.Predicates ?? right.Stages, null);
            path.Items.Add(right);
        }

        for (var i = 0; i < path.Items.Count; i++)
            path.Items[i] = AsStep(path.Items[i]);
        path.KeepSingletonArray |= path.Items.Exists(step => step.KeepArray);
        MarkConstructor(path.Items[0]);
        MarkConstructor(path.Items[^1]);
        Ancestry.Resolve(path);
        return path;
    }

    /// <summary>A string in a path is a name; other literals cannot be steps.</summary>
    private static SyntaxNode AsStep(SyntaxNode step)
    {
        if (step.Kind is SyntaxKind.Number or SyntaxKind.Literal)
            throw JsonataErrors.Of("S0213", step.Position, value: step.Value);
        if (step.Kind == SyntaxKind.String)
            step.Kind = SyntaxKind.Name;
        return step;
    }

    private static void MarkConstructor(SyntaxNode step) => step.ConsArray |= step.Kind == SyntaxKind.Array;

    private SyntaxNode VisitPredicate(SyntaxNode node)
    {
        var result = Visit(node.Left!);
        var isPath = result.Kind == SyntaxKind.Path;
        var step = isPath ? result.Items[^1] : result;
        if (step.Group is not null)
            throw JsonataErrors.Of("S0209", node.Position);
        var predicate = Visit(node.Right!);
        if (predicate.Seeking is { } slots)
        {
            foreach (var slot in slots)
            {
                if (slot.Level == 1)
                    Ancestry.Seek(step, slot);
                else
                    slot.Level--;
            }

            Ancestry.Pass(step, predicate);
        }

        var stage = new SyntaxStage(predicate, Index: null);
        if (isPath)
            (step.Stages ??= []).Add(stage);
        else
            (step.Predicates ??= []).Add(stage);
        return result;
    }

    private SyntaxNode VisitGroup(SyntaxNode node)
    {
        var result = Visit(node.Left!);
        if (result.Group is not null)
            throw JsonataErrors.Of("S0210", node.Position);
        VisitPairs(result, node.Pairs, passAncestors: false);
        result.Group = new SyntaxGroup(node.Pairs, node.Position);
        return result;
    }

    private SyntaxNode VisitOrderBy(SyntaxNode node)
    {
        var path = AsPath(Visit(node.Left!));
        var sort = new SyntaxNode(SyntaxKind.Sort, node.Position) { Terms = [] };
        foreach (var term in node.Terms)
        {
            var expression = Visit(term.Expression);
            Ancestry.Pass(sort, expression);
            sort.Terms.Add(term with { Expression = expression });
        }

        path.Items.Add(sort);
        Ancestry.Resolve(path);
        return path;
    }

    private SyntaxNode VisitFocus(SyntaxNode node)
    {
        var result = Visit(node.Left!);
        var step = result.Kind == SyntaxKind.Path ? result.Items[^1] : result;
        if (step.Stages is not null || step.Predicates is not null)
            throw JsonataErrors.Of("S0215", node.Position);
        if (step.Kind == SyntaxKind.Sort)
            throw JsonataErrors.Of("S0216", node.Position);
        step.KeepArray |= node.KeepArray;
        step.Focus = node.Right!.Text;
        step.Tuple = true;
        return result;
    }

    private SyntaxNode VisitIndex(SyntaxNode node)
    {
        var result = Visit(node.Left!);
        var step = result.Kind == SyntaxKind.Path ? result.Items[^1] : result;
        if (result.Kind != SyntaxKind.Path)
        {
            (step.Stages, step.Predicates) = (step.Predicates ?? step.Stages, null);
            result = AsPath(result);
        }

        if (step.Stages is null)
            step.Index = node.Right!.Text;
        else
            step.Stages.Add(new SyntaxStage(Predicate: null, node.Right!.Text));
        step.Tuple = true;
        return result;
    }
}
