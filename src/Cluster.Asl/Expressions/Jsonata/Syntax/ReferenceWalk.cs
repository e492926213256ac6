using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Cluster.Asl.Expressions.Jsonata.Syntax;

/// <summary>
/// Finds the variables that a shaped expression reads, and what Step Functions refuses: names and <c>$</c> where there is no context item,
/// because the expression as a whole has none, and <c>$$</c> anywhere (A41).
/// </summary>
/// <param name="refuses">Whether to refuse, or only to find.</param>
internal sealed class ReferenceWalk(bool refuses)
{
    /// <summary>The code of AWS for what its dialect does not have.</summary>
    public const string UnsupportedCode = "UNSUPPORTED_JSONATA_EXPRESSION";

    private readonly HashSet<JsonataReference> _seen = [];
    private readonly ImmutableArray<JsonataReference>.Builder _found = ImmutableArray.CreateBuilder<JsonataReference>();

    /// <summary>Walks an expression.</summary>
    /// <exception cref="JsonataException">Step Functions does not take it.</exception>
    public ImmutableArray<JsonataReference> Find(SyntaxNode root)
    {
        Visit(root, isTop: true);
        return _found.ToImmutable();
    }

    private void Visit(SyntaxNode node, bool isTop)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (node.Kind)
        {
            case SyntaxKind.Name when isTop && refuses:
                throw Refuse($"Reference to '{node.Text}' at the top level is not supported.", node);
            case SyntaxKind.Variable:
                VisitVariable(node, field: null, isTop);
                break;
            case SyntaxKind.Path:
                VisitPath(node, isTop);
                break;
            case SyntaxKind.Transform:
                isTop = false;
                break;
        }

        if (node.Kind != SyntaxKind.Path)
        {
            foreach (var item in node.Items)
                Visit(item, isTop);
        }

        foreach (var part in (ReadOnlySpan<SyntaxNode?>)[node.Left, node.Right, node.Third])
        {
            if (part is not null)
                Visit(part, isTop);
        }

        VisitPairs(node.Pairs, isTop);
        foreach (var term in node.Terms)
            Visit(term.Expression, isTop: false);
        VisitStages(node.Predicates);
        VisitStages(node.Stages);
        if (node.Group is { } group)
            VisitPairs(group.Pairs, isTop: false);
    }

    private void VisitPath(SyntaxNode path, bool isTop)
    {
        for (var i = 0; i < path.Items.Count; i++)
        {
            // The field right behind a variable is told with it.
            var step = path.Items[i];
            if (i == 0 && step.Kind == SyntaxKind.Variable && path.Items.Count > 1 && path.Items[1].Kind == SyntaxKind.Name)
                VisitVariable(step, path.Items[1].Text, isTop);
            Visit(step, isTop && i == 0);
        }
    }

    private void VisitVariable(SyntaxNode variable, string? field, bool isTop)
    {
        if (refuses && string.Equals(variable.Text, Compiler.RootName, StringComparison.Ordinal))
            throw Refuse("Reference to '$$' is not supported.", variable);
        if (refuses && isTop && variable.Text.Length == 0)
            throw Refuse("Reference to '$' at the top level is not supported.", variable);
        if (variable.Text.Length == 0 || !_seen.Add(new JsonataReference(variable.Text, field)))
            return;
        _found.Add(new JsonataReference(variable.Text, field));
    }

    private void VisitPairs(List<SyntaxPair> pairs, bool isTop)
    {
        foreach (var (key, value) in pairs)
        {
            Visit(key, isTop);
            Visit(value, isTop);
        }
    }

    private void VisitStages(List<SyntaxStage>? stages)
    {
        foreach (var stage in stages ?? [])
        {
            if (stage.Predicate is { } predicate)
                Visit(predicate, isTop: false);
        }
    }

    private static JsonataException Refuse(string sentence, SyntaxNode node) =>
        new(new JsonataError(UnsupportedCode, sentence, node.Position, node.Text));
}
