namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>
/// Carries an error from inside an expression to the border of the room, where it becomes a value; nothing in between catches it.
/// <see cref="JsonataErrors"/> makes them.
/// </summary>
/// <param name="error">The error.</param>
/// <param name="sentence">Makes the sentence anew, once the token is known; null when the sentence does not name it.</param>
internal sealed class JsonataException(JsonataError error, Func<string, string>? sentence = null) : Exception(error.Message)
{
    public JsonataError Error { get; private set; } = error;

    /// <summary>
    /// For exception filters: tells an error that comes out of the call of a function where that was; the outermost call is its place, as
    /// the reference has it. The innermost name is its token, unless it has one. The error passes.
    /// </summary>
    /// <returns>False, so that nothing is caught.</returns>
    public bool Locate(int position, string? token)
    {
        if (Error.Code is null)
            return false;
        if (Error.Token is null && token is not null)
            Error = Error with { Token = token, Message = sentence is null ? Error.Message : sentence(token) };
        Error = Error with { Position = position };
        return false;
    }
}
