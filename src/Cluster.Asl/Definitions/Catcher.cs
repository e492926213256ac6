using System.Collections.Immutable;

namespace Cluster.Asl.Definitions;

/// <summary>A catcher.</summary>
/// <param name="ErrorEquals">The error names it matches; at least one.</param>
/// <param name="Next">The state that goes on.</param>
/// <param name="ResultPath">Where the error output goes in the raw input.</param>
public sealed record Catcher(ImmutableArray<string> ErrorEquals, string Next, ResultPathField ResultPath);
