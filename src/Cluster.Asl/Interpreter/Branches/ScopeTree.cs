namespace Cluster.Asl.Interpreter.Branches;

/// <summary>An execution's scopes as the tree that they are: looking one up, putting another state of it in its place.</summary>
internal static class ScopeTree
{
    /// <summary>The scope of that name, or null when it does not run.</summary>
    public static Scope? Find(Scope root, string path)
    {
        var scope = root;
        for (var at = 0; at < path.Length;)
        {
            if (ScopePath.Next(path, ref at) is not (>= 0 and var index) || scope.Branches?.Find(index) is not { } child)
                return null;
            scope = child;
        }

        return string.Equals(scope.Path, path, StringComparison.Ordinal) ? scope : null;
    }

    /// <summary>The tree with another state of one of its scopes.</summary>
    public static Scope Replace(Scope root, Scope changed) => changed.Path.Length == 0 ? changed : Replace(root, changed, at: 0);

    /// <summary>All scopes of the tree, parents before their children, in the order of lanes.</summary>
    public static IEnumerable<Scope> All(Scope root)
    {
        yield return root;
        if (root.Branches is not { } branches)
            yield break;
        foreach (var lane in branches.Lanes)
        {
            if (lane.Scope is null)
                continue;
            foreach (var scope in All(lane.Scope))
                yield return scope;
        }
    }

    private static Scope Replace(Scope scope, Scope changed, int at)
    {
        if (at == changed.Path.Length)
            return changed;
        var branches = scope.Branches!;
        var lane = branches.LaneOf(ScopePath.Next(changed.Path, ref at));
        return scope with { Branches = branches.With(lane, Replace(branches.Lanes[lane].Scope!, changed, at)) };
    }
}
