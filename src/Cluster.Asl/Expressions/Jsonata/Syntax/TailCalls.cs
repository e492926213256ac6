namespace Cluster.Asl.Expressions.Jsonata.Syntax;

/// <summary>Marks the calls that are the last thing a lambda does: they replace it instead of nesting in it.</summary>
internal static class TailCalls
{
    public static void Mark(SyntaxNode body)
    {
        // What has something left to do to its result does not end with the call.
        if (body.Predicates is not null || body.Group is not null || body.KeepArray)
            return;
        switch (body.Kind)
        {
            case SyntaxKind.Function:
                body.TailCall = true;
                break;
            case SyntaxKind.Condition:
                Mark(body.Right!);
                if (body.Third is not null)
                    Mark(body.Third);
                break;
            case SyntaxKind.Block when body.Items.Count > 0:
                Mark(body.Items[^1]);
                break;
        }
    }
}
