using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Json;

/// <summary>What holds for all values and all bytes. The seed stands in the test's name and in each failure.</summary>
public sealed class PropertyTests
{
    private const int FixedSeeds = 12;

    /// <summary>Some seeds that are always the same, and one of the day.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, FixedSeeds), (int)(TimeProvider.System.GetUtcNow().UtcTicks / TimeSpan.TicksPerDay)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_was_written_reads_back_as_the_same_value_and_the_same_text(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 200; i++)
        {
            var value = Value(random, depth: 6);
            var utf8 = JsonWriter.ToUtf8(value);
            Assert.True(JsonParser.TryParse(utf8, JsonParserOptions.Definition, out var read, out var error), $"seed {seed}: {error} in {value}");
            Assert.True(value.Equals(read), $"seed {seed}: {value} became {read}");
            Assert.True(utf8.AsSpan().SequenceEqual(JsonWriter.ToUtf8(read)), $"seed {seed}: another text for {value}");
            Assert.True(utf8.Length == JsonWriter.Utf8Length(value), $"seed {seed}: another length for {value}");
            Assert.True(value.Depth == read.Depth && value.GetHashCode() == read.GetHashCode(), $"seed {seed}: {value}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Damaged_texts_are_taken_exactly_when_another_parser_takes_them(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 400; i++)
        {
            var text = Damage(JsonWriter.ToUtf8(Value(random, depth: 4)), random);
            var taken = JsonParser.TryParse(text, JsonParserOptions.Payload, out var value, out var error);
            var shown = Convert.ToHexString(text);
            Assert.True(taken == IsJson(text), $"seed {seed}: {shown} {error}");
            if (taken)
                Assert.True(value!.Equals(JsonValue.Parse(value.ToString())), $"seed {seed}: {shown}");
            else
                Assert.True(error!.Line >= 1 && error.Column >= 1 && error.Message.Length > 0, $"seed {seed}: {shown}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_bytes_end_in_a_value_or_an_error(int seed)
    {
        const string Marks = "{}[]\",:\\utrue0-.eE \n/";
        var random = new Random(seed);
        for (var i = 0; i < 1000; i++)
        {
            var text = new byte[random.Next(1, 40)];
            for (var at = 0; at < text.Length; at++)
                text[at] = random.Next(20) == 0 ? (byte)random.Next(256) : (byte)Marks[random.Next(Marks.Length)];
            Assert.True(
                JsonParser.TryParse(text, JsonParserOptions.Payload, out _, out _) == IsJson(text), $"seed {seed}: {Convert.ToHexString(text)}");
        }
    }

    internal static JsonValue Value(Random random, int depth) => random.Next(depth > 0 ? 8 : 5) switch
    {
        0 => JsonValue.Null,
        1 => JsonBoolean.Of(random.Next(2) == 0),
        2 or 3 => new JsonNumber(Number(random)),
        4 => new JsonString(Text(random)),
        5 => new JsonArray([.. Enumerable.Range(0, random.Next(6)).Select(_ => Value(random, depth - 1))]),
        _ => Object(random, depth),
    };

    private static JsonObject Object(Random random, int depth)
    {
        var members = ImmutableArray.CreateBuilder<KeyValuePair<string, JsonValue>>();
        var names = Enumerable.Range(0, random.Next(random.Next(10) == 0 ? 40 : 6)).Select(_ => Text(random)).Distinct(StringComparer.Ordinal);
        foreach (var name in names)
            members.Add(KeyValuePair.Create(name, Value(random, depth - 1)));
        return new JsonObject(members.ToImmutable());
    }

    private static string Number(Random random) => random.Next(4) switch
    {
        0 => random.Next(-300, 300).ToString(CultureInfo.InvariantCulture),
        1 => random.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture),
        2 => string.Create(CultureInfo.InvariantCulture, $"{random.Next(-9, 9)}.{random.Next()}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 9)}e{random.Next(-500, 500)}"),
    };

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var left = random.Next(12); left > 0; left--)
        {
            text.Append(random.Next(8) switch
            {
                0 => (char)random.Next(' '),
                1 => "\"\\/\u007f"[random.Next(4)],
                2 => (char)random.Next(0x80, 0x800),
                3 => (char)random.Next(0xd800, 0xe000),
                _ => (char)random.Next('a', 'z'),
            });
        }

        return text.ToString();
    }

    private static byte[] Damage(byte[] text, Random random)
    {
        var bytes = text.ToList();
        for (var left = random.Next(3); left >= 0; left--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(3))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when bytes.Count > 1:
                    bytes.RemoveAt(at);
                    break;
                default:
                    bytes.Insert(at, (byte)"{}[]\",:\\ 01e-"[random.Next(13)]);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>What .NET's own parser says; it leaves bytes inside of strings unchecked.</summary>
    private static bool IsJson(byte[] text)
    {
        if (!Utf8.IsValid(text))
            return false;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = JsonParserOptions.DefaultMaxDepth });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
