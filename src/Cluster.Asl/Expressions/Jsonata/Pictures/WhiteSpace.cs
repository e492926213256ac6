namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary><c>$trim</c>: none of the white space at the ends, and one blank for each run of it in between.</summary>
internal static class WhiteSpace
{
    private const int StackChars = 256;

    /// <summary>The text with its white space normalized; the text itself if it is already.</summary>
    public static string Normalized(string text)
    {
        if (IsNormal(text))
            return text;
        var normalized = new TextBuilder(stackalloc char[StackChars]);
        var isAfterBlank = true;
        foreach (var c in text)
        {
            var isBlank = IsBlank(c);
            if (!isBlank)
                normalized.Append(c);
            else if (!isAfterBlank)
                normalized.Append(' ');
            isAfterBlank = isBlank;
        }

        var result = normalized.Written.TrimEnd(' ').ToString();
        normalized.Dispose();
        return result;
    }

    private static bool IsNormal(string text)
    {
        var isAfterBlank = true;
        foreach (var c in text)
        {
            if (c > ' ')
            {
                isAfterBlank = false;
                continue;
            }

            if (c is '\t' or '\n' or '\r' || (c == ' ' && isAfterBlank))
                return false;
            isAfterBlank = c == ' ';
        }

        return !isAfterBlank || text.Length == 0;
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\r';
}
