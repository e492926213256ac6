using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>Why an expression could not be compiled or evaluated, told as a value in the words of the reference implementation.</summary>
/// <param name="Code">
/// The reference's code, for example <c>T2001</c>: S is syntax, T a type, D what was done at run time; U stands for what stops a runaway
/// expression. Null for an exceeded limit that has no code there.
/// </param>
/// <param name="Message">The reference's sentence, with the values filled in.</param>
/// <param name="Position">The characters up to the end of the token at which the error was found, or null where none is known.</param>
/// <param name="Token">The operator, symbol or function that the error is about, or null.</param>
/// <param name="Value">The value that the error is about, or null.</param>
public sealed record JsonataError(string? Code, string Message, int? Position = null, string? Token = null, JsonValue? Value = null)
{
    /// <summary>
    /// Whether the sentence stands alone where Step Functions tells the error: it says that a limit is exceeded. Behind the words "threw an
    /// error during evaluation" a colon goes before it, and a full stop before one with a code.
    /// </summary>
    public bool IsLimit => Code is null or JsonataLimits.RunawayCode;

    /// <summary>The code and the sentence as Step Functions joins them; the sentence alone of an exceeded limit.</summary>
    public override string ToString() => IsLimit ? Message : $"{Code}: {Message}";
}
