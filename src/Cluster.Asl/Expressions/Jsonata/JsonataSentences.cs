namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>
/// The sentences of the reference implementation by code. <c>{name}</c> is replaced by the value as JSON, <c>{name!}</c> by the bare text.
/// </summary>
internal static class JsonataSentences
{
    public static readonly KeyValuePair<string, string>[] All =
    [
        new("S0101", "String literal must be terminated by a matching quote"),
        new("S0102", "Number out of range: {token}"),
        new("S0103", "Unsupported escape sequence: \\{token}"),
        new("S0104", "The escape sequence \\u must be followed by 4 hex digits"),
        new("S0105", "Quoted property name must be terminated with a backquote (`)"),
        new("S0106", "Comment has no closing tag"),
        new("S0201", "Syntax error: {token}"),
        new("S0202", "Expected {value}, got {token}"),
        new("S0203", "Expected {value} before end of expression"),
        new("S0204", "Unknown operator: {token}"),
        new("S0205", "Unexpected token: {token}"),
        new("S0206", "Unknown expression type: {token}"),
        new("S0207", "Unexpected end of expression"),
        new("S0208", "Parameter {value} of function definition must be a variable name (start with $)"),
        new("S0209", "A predicate cannot follow a grouping expression in a step"),
        new("S0210", "Each step can only have one grouping expression"),
        new("S0211", "The symbol {token} cannot be used as a unary operator"),
        new("S0212", "The left side of := must be a variable name (start with $)"),
        new("S0213", "The literal value {value} cannot be used as a step within a path expression"),
        new("S0214", "The right side of {token} must be a variable name (start with $)"),
        new("S0215", "A context variable binding must precede any predicates on a step"),
        new("S0216", "A context variable binding must precede the 'order-by' clause on a step"),
        new("S0217", "The object representing the 'parent' cannot be derived from this expression"),
        new("S0301", "Empty regular expressions are not allowed"),
        new("S0302", "No terminating / in regular expression"),
        new("S0401", "Type parameters can only be applied to functions and arrays"),
        new("S0402", "Choice groups containing parameterized types are not supported"),
        new("S0500", "Attempted to evaluate an expression containing syntax error(s)"),
        new("T0410", "Argument {index} of function {token} does not match function signature"),
        new("T0411", "Context value is not a compatible type with argument {index} of function {token}"),
        new("T0412", "Argument {index} of function {token} must be an array of {value2}"),
        new("D1001", "Number out of range: {value}"),
        new("D1002", "Cannot negate a non-numeric value: {value}"),
        new("T1003", "Key in object structure must evaluate to a string; got: {value}"),
        new("D1004", "Regular expression matches zero length string"),
        new("T1005", "Attempted to invoke a non-function. Did you mean ${token!}?"),
        new("T1006", "Attempted to invoke a non-function"),
        new("T1007", "Attempted to partially apply a non-function. Did you mean ${token!}?"),
        new("T1008", "Attempted to partially apply a non-function"),
        new("D1009", "Multiple key definitions evaluate to same key: {value}"),
        new("T1010", "The matcher function argument passed to function {token} does not return the correct object structure"),
        new("T2001", "The left side of the {token} operator must evaluate to a number"),
        new("T2002", "The right side of the {token} operator must evaluate to a number"),
        new("T2003", "The left side of the range operator (..) must evaluate to an integer"),
        new("T2004", "The right side of the range operator (..) must evaluate to an integer"),
        new("D2005", "The left side of := must be a variable name (start with $)"),
        new("T2006", "The right side of the function application operator ~> must be a function"),
        new("T2007", "Type mismatch when comparing values {value} and {value2} in order-by clause"),
        new("T2008", "The expressions within an order-by clause must evaluate to numeric or string values"),
        new("T2009", "The values {value} and {value2} either side of operator {token} must be of the same data type"),
        new("T2010", "The expressions either side of operator {token} must evaluate to numeric or string values"),
        new("T2011", "The insert/update clause of the transform expression must evaluate to an object: {value}"),
        new("T2012", "The delete clause of the transform expression must evaluate to a string or array of strings: {value}"),
        new(
            "T2013",
            "The transform expression clones the input object using the $clone() function.  "
            + "This has been overridden in the current scope by a non-function."),
        new(
            "D2014",
            "The size of the sequence allocated by the range operator (..) must not exceed 1e7.  Attempted to allocate {value}."),
        .. JsonataFunctionSentences.All,
    ];
}
