namespace Cluster.Asl.Expressions.Jsonata.Syntax;

/// <summary>
/// Finds for each parent operator the step from whose input its item comes. Operators seek through steps to the left, and out of what
/// encloses them, until the step is found; that step then keeps its input item in a slot that travels along.
/// </summary>
internal sealed class Ancestry
{
    private int _slots;

    public AncestorSlot NewSlot() => new(_slots++);

    /// <summary>What a part needs and does not have becomes the need of the whole.</summary>
    public static void Pass(SyntaxNode whole, SyntaxNode part)
    {
        if (part.Seeking is null && part.Kind != SyntaxKind.Parent)
            return;
        whole.Seeking ??= [];
        if (part.Seeking is not null && !ReferenceEquals(part.Seeking, whole.Seeking))
            whole.Seeking.AddRange(part.Seeking);
        if (part.Kind == SyntaxKind.Parent)
            whole.Seeking.Add(part.Slot!);
    }

    /// <summary>Seeks what the last step of a path needs in the steps before it; the rest the path needs itself.</summary>
    public static void Resolve(SyntaxNode path)
    {
        var last = path.Items[^1];
        var slots = last.Seeking ?? [];
        if (last.Kind == SyntaxKind.Parent)
            slots.Add(last.Slot!);
        foreach (var slot in slots.ToArray())
        {
            var index = path.Items.Count - 2;
            while (slot.Level > 0)
            {
                if (index < 0)
                {
                    (path.Seeking ??= []).Add(slot);
                    break;
                }

                // Of steps in a row that bind their items, all look at the same input: that of the first.
                var step = path.Items[index--];
                while (index >= 0 && step.Focus is not null && path.Items[index].Focus is not null)
                    step = path.Items[index--];
                Seek(step, slot);
            }
        }
    }

    /// <summary>Goes up one step, or takes the slot when that is as far as it had to go.</summary>
    public static void Seek(SyntaxNode node, AncestorSlot slot)
    {
        switch (node.Kind)
        {
            case SyntaxKind.Name:
            case SyntaxKind.Wildcard:
                if (--slot.Level == 0)
                {
                    if (node.Ancestor is { } other)
                        slot.Label = other.Label;
                    node.Ancestor = slot;
                    node.Tuple = true;
                }

                break;
            case SyntaxKind.Parent:
                slot.Level++;
                break;
            case SyntaxKind.Block:
                if (node.Items.Count > 0)
                {
                    node.Tuple = true;
                    Seek(node.Items[^1], slot);
                }

                break;
            case SyntaxKind.Path:
                node.Tuple = true;
                var index = node.Items.Count - 1;
                Seek(node.Items[index--], slot);
                while (slot.Level > 0 && index >= 0)
                    Seek(node.Items[index--], slot);
                break;
            default:
                throw JsonataErrors.Of("S0217", node.Position, NameOf(node));
        }
    }

    /// <summary>The reference's word for a kind of part.</summary>
    public static string NameOf(SyntaxNode node) => node.Kind switch
    {
        SyntaxKind.Literal => "value",
        SyntaxKind.Negation or SyntaxKind.Array or SyntaxKind.Object => "unary",
        SyntaxKind.Default or SyntaxKind.Coalesce => "condition",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
