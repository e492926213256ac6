using System.Globalization;
using Cluster.Asl.Expressions.Jsonata;
using Cluster.Asl.Expressions.Jsonata.Pictures;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Jsonata.Pictures;

/// <summary>Pictures and texts by chance: whatever they are, there is an answer or a refusal. The seed stands in the test's name.</summary>
public sealed class PictureFuzzTests
{
    private const int Rounds = 1500;
    private const int MaxPieces = 12;
    private const double Now = 1582988645006;

    private static readonly string[] Pieces =
    [
        "0", "1", "9", "#", ",", ".", ";", "%", "‰", "e", "E", "-", "+", ":", "*", " ", "o", "t", "w", "W", "Ww", "i", "I", "a", "A", "n", "N", "Nn",
        "[Y", "[M", "[D", "[d", "[F", "[H", "[h", "[P", "[m", "[s", "[f", "[Z", "[z", "[X", "[W", "[x", "[w", "[C", "]", "[[", "]]", "٠", "١", "０",
        "and ", "one ", "twenty-", "hundred", "th", "GMT", "March", "pm", "IV", "999999999999999999999", "\uD800", "\uDC00", "𝟘", "\0", "é",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_picture_gives_an_answer_or_a_refusal(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Rounds; i++)
        {
            var picture = Text(random);
            var text = Text(random);
            var number = Number(random);
            var what = string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {number} '{text}' by '{picture}'");
            Holds(() => NumberPictureText.Format(number, NumberPicture.Of(picture, NumberSymbols.Default)), what);
            Holds(() => IntegerText.Format(number, IntegerPicture.Of(picture)), what);
            Holds(() => IntegerReading.Read(text, IntegerPicture.Of(picture)), what);
            Holds(() => DatePictureText.Format(number, picture, default), what);
            Holds(() => DatePictureReading.Read(text, picture, Now, out _), what);
            Holds(() => IsoTimestamp.TryRead(text, out _), what);
            Holds(() => TimeZoneOffset.TryRead(text, out _), what);
            Holds(() => NumberText.TryRead(text, out _), what);
            Holds(() => LetterCases.Lower(LetterCases.Upper(text)), what);
            Holds(() => Base64Text.Decode(text), what);
            Holds(() => UrlCoding.Decode(text.Replace('w', '%'), isComponent: true), what);
        }
    }

    private static void Holds<T>(Func<T> use, string what)
    {
        var thrown = Record.Exception(() => _ = use());
        Assert.True(thrown is null or JsonataException, $"{what}: {thrown}");
    }

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(MaxPieces)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static double Number(Random random) => random.Next(4) switch
    {
        0 => random.Next(-3000, 3000),
        1 => random.NextInt64(-CivilTime.MaxMillis, CivilTime.MaxMillis),
        2 => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-20, 25)),
        _ => BitConverter.Int64BitsToDouble(random.NextInt64()),
    };
}
