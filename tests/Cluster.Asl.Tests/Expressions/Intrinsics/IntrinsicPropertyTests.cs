using System.Globalization;
using System.Text;
using Cluster.Asl.Expressions;
using Cluster.Asl.Expressions.Intrinsics;
using Cluster.Asl.Json;
using Cluster.Asl.Tests.Json;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

/// <summary>What holds for all texts, all arguments and all inputs. The seed stands in the test's name and in each failure.</summary>
public sealed class IntrinsicPropertyTests
{
    private static readonly string[] Literals =
    [
        "0", "-1", "1", "3", "1.5", "-0.5", "1e9", "2147483647", "-2147483648", "99999999999999999999", "1e400", "true", "false", "null", "''", "'a'",
        "'{}'", "'{'", "'\\{'", "'\\\\'", "'MD5'", "'SHA-256'", "'{\"a\":[1,2]}'", "'YWJj'", "',.'", "$", "$.a", "$.a.b", "$[0]", "$[*]", "$..a", "$$", "$$.State.Name",
    ];

    public static TheoryData<int> Seeds => PropertyTests.Seeds;

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A109_Any_call_gives_a_value_or_a_failure_and_the_same_one_again(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 1500; i++)
        {
            var text = RandomCall(random, depth: 4);
            Assert.True(IntrinsicCall.TryParse(text, out var call, out _), $"seed {seed}: {text}");
            var input = PropertyTests.Value(random, depth: 4);
            var scope = new EvaluationScope(input, Documents.Context, (ulong)random.NextInt64());
            var made = call.TryEvaluate(scope, out var value, out var failure);
            Assert.True(made == value is not null && made == failure is null, $"seed {seed}: {text} on {input}");
            var again = call.TryEvaluate(scope, out var second, out var secondFailure);
            Assert.True(made == again && Equals(value, second) && failure == secondFailure, $"seed {seed}: {text} on {input}");
            if (made)
                Assert.True(value!.Equals(JsonValue.Parse(value.ToString())), $"seed {seed}: {text} on {input}");
            else
                Assert.True(failure!.Error is "States.IntrinsicFailure" or "States.Runtime" && failure.Detail.Contains(text, StringComparison.Ordinal), $"seed {seed}: {text}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A109_Any_text_is_a_call_or_none(int seed)
    {
        const string Marks = "States.Array(')\\{},$ 1.-\"[]?@\u0000é\ud800";
        var random = new Random(seed);
        for (var i = 0; i < 4000; i++)
        {
            var text = new StringBuilder(RandomCall(random, depth: 3));
            for (var damage = random.Next(1, 4); damage > 0 && text.Length > 0; damage--)
            {
                var at = random.Next(text.Length);
                if (random.Next(3) == 0)
                    text.Remove(at, 1);
                else if (random.Next(2) == 0)
                    text[at] = Marks[random.Next(Marks.Length)];
                else
                    text.Insert(at, Marks[random.Next(Marks.Length)]);
            }

            var damaged = text.ToString();
            if (!IntrinsicCall.TryParse(damaged, out var call, out _))
                continue;
            Assert.Equal(damaged, call.Text);
            var made = call.TryEvaluate(Documents.Scope("{\"a\":{\"b\":[1]}}"), out var value, out var failure);
            Assert.True(made == value is not null && made == failure is null, $"seed {seed}: {damaged}");
        }
    }

    private static string RandomCall(Random random, int depth)
    {
        var function = IntrinsicFunctions.All[random.Next(IntrinsicFunctions.All.Count)];
        var count = 0;
        while (count < 4 && (!function.TakesCount(count) || random.Next(4) == 0))
            count++;
        var arguments = Enumerable.Range(0, count).Select(_ =>
            depth > 0 && random.Next(3) == 0 ? RandomCall(random, depth - 1) : Literals[random.Next(Literals.Length)]);
        return string.Create(CultureInfo.InvariantCulture, $"{function.Name}({string.Join(random.Next(2) == 0 ? "," : " , ", arguments)})");
    }
}
