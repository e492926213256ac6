using System.Globalization;
using Cluster.Checker.Histories;

namespace Cluster.Asl.Tests.Histories;

/// <summary>Histories written by hand: a line each, <c>id previous type name[index] =payload @seconds !error</c>.</summary>
internal static class HistoryText
{
    public static IReadOnlyList<HistoryLine> Read(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Line)];

    private static HistoryLine Line(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var line = new HistoryLine(Number(words[0]), Number(words[1]), At: Number(words[0]), words[2]);
        foreach (var word in words[3..])
        {
            line = word[0] switch
            {
                '=' => line with { Payload = word[1..] },
                '@' => line with { At = Number(word[1..]) * 1000 },
                '!' => line with { Error = word[1..] },
                '#' => line with { Length = (int)Number(word[1..]) },
                _ when word.EndsWith(']') => line with
                {
                    Name = word[..word.IndexOf('[')],
                    Index = (int)Number(word[(word.IndexOf('[') + 1)..^1]),
                },
                _ => line with { Name = word },
            };
        }

        return line;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
