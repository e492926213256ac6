namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>
/// Carries an error from inside an expression to the border of the room, where it becomes a value; nothing in between catches it.
/// <see cref="JsonataErrors"/> makes them.
/// </summary>
internal sealed class JsonataException(JsonataError error) : Exception(error.Message)
{
    public JsonataError Error { get; private set; } = error;

    /// <summary>
    /// For exception filters: tells an error that does not know its place yet where it happened, and lets it pass.
    /// </summary>
    /// <returns>False, so that nothing is caught.</returns>
    public bool Locate(int position, string? token)
    {
        if (Error.Code is not null && (Error.Position is null || Error.Token is null))
            Error = Error with { Position = Error.Position ?? position, Token = Error.Token ?? token };
        return false;
    }
}
