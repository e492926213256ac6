namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>The sentences about the built-in functions; see <see cref="JsonataSentences"/>.</summary>
internal static class JsonataFunctionSentences
{
    private const string SubPicture = "The sub-picture must not contain ";

    public static readonly KeyValuePair<string, string>[] All =
    [
        new("D3001", "Attempting to invoke string function on Infinity or NaN"),
        new("D3010", "Second argument of replace function cannot be an empty string"),
        new("D3011", "Fourth argument of replace function must evaluate to a positive number"),
        new("D3012", "Attempted to replace a matched string with a non-string value"),
        new("D3020", "Third argument of split function must evaluate to a positive number"),
        new("D3030", "Unable to cast value to a number: {value}"),
        new("D3040", "Third argument of match function must evaluate to a positive number"),
        new("D3050", "The second argument of reduce function must be a function with at least two arguments"),
        new("D3060", "The sqrt function cannot be applied to a negative number: {value}"),
        new(
            "D3061",
            "The power function has resulted in a value that cannot be represented as a JSON number: base={value}, exponent={value2}"),
        new(
            "D3070",
            "The single argument form of the sort function can only be applied to an array of strings or an array of numbers.  "
            + "Use the second argument to specify a comparison function"),
        new("D3080", "The picture string must only contain a maximum of two sub-pictures"),
        new("D3081", SubPicture + "more than one instance of the 'decimal-separator' character"),
        new("D3082", SubPicture + "more than one instance of the 'percent' character"),
        new("D3083", SubPicture + "more than one instance of the 'per-mille' character"),
        new("D3084", SubPicture + "both a 'percent' and a 'per-mille' character"),
        new(
            "D3085",
            "The mantissa part of a sub-picture must contain at least one character that is either an 'optional digit character' "
            + "or a member of the 'decimal digit family'"),
        new(
            "D3086",
            SubPicture + "a passive character that is preceded by an active character and that is followed by another active character"),
        new("D3087", SubPicture + "a 'grouping-separator' character that appears adjacent to a 'decimal-separator' character"),
        new("D3088", SubPicture + "a 'grouping-separator' at the end of the integer part"),
        new("D3089", SubPicture + "two adjacent instances of the 'grouping-separator' character"),
        new(
            "D3090",
            "The integer part of the sub-picture must not contain a member of the 'decimal digit family' that is followed by "
            + "an instance of the 'optional digit character'"),
        new(
            "D3091",
            "The fractional part of the sub-picture must not contain an instance of the 'optional digit character' that is followed by "
            + "a member of the 'decimal digit family'"),
        new(
            "D3092",
            "A sub-picture that contains a 'percent' or 'per-mille' character must not contain a character treated as "
            + "an 'exponent-separator'"),
        new(
            "D3093",
            "The exponent part of the sub-picture must comprise only of one or more characters that are members of "
            + "the 'decimal digit family'"),
        new("D3100", "The radix of the formatBase function must be between 2 and 36.  It was given {value}"),
        new("D3110", "The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given {value}"),
        new("D3120", "Syntax error in expression passed to function eval: {value}"),
        new("D3121", "Dynamic error evaluating the expression passed to function eval: {value}"),
        new("D3130", "Formatting or parsing an integer as a sequence starting with {value} is not supported by this implementation"),
        new("D3131", "In a decimal digit pattern, all digits must be from the same decimal group"),
        new("D3132", "Unknown component specifier {value} in date/time picture string"),
        new(
            "D3133",
            "The 'name' modifier can only be applied to months and days in the date/time picture string, not {value}"),
        new("D3134", "The timezone integer format specifier cannot have more than four digits"),
        new("D3135", "No matching closing bracket ']' in date/time picture string"),
        new("D3136", "The date/time picture string is missing specifiers required to parse the timestamp"),
        new("D3137", "{value!}"),
        new("D3138", "The $single() function expected exactly 1 matching result.  Instead it matched more."),
        new("D3139", "The $single() function expected exactly 1 matching result.  Instead it matched 0."),
        new("D3140", "Malformed URL passed to ${token!}(): {value}"),
        new("D3141", "{value!}"),
    ];
}
