using Xunit;

namespace Cluster.Node.Tests.Architecture;

/// <summary>Stored messages change only by adding.</summary>
[Trait("Suite", "Architecture")]
public sealed class ProtobufRegisterTests
{
    private const string Proto = """
        syntax = "proto3";
        package stored;
        option csharp_namespace = "X";
        // A comment = 9;
        message Outer {
          reserved 4;
          string name = 1;
          repeated Inner items = 2;
          message Inner { optional int64 at = 1 [deprecated = true]; map<string, Inner> more = 2; }
          oneof kind { Inner one = 3; bytes two = 5; }
          google.protobuf.Timestamp when = 6;
        }
        enum Color { NONE = 0; RED = 1; }
        """;

    [Fact]
    public void No_field_number_is_reused_or_unregistered()
    {
        var now = new SortedDictionary<(string, int), string>();
        foreach (var path in Repository.Files("src").Where(path => path.EndsWith(".proto", StringComparison.Ordinal)))
        {
            foreach (var (key, meaning) in ProtobufRegister.FieldsOf(Repository.Read(path)))
                now.Add(key, meaning);
        }

        var stored = Path.Combine(Repository.Root, ProtobufRegister.FilePath);
        var register = File.Exists(stored) ? ProtobufRegister.Parse(File.ReadAllText(stored)) : [];
        if (Environment.GetEnvironmentVariable("CLUSTER_WRITE_REGISTERS") == "1")
        {
            File.WriteAllText(stored, ProtobufRegister.Write(register, now));
            register = ProtobufRegister.Parse(File.ReadAllText(stored));
        }

        var found = ProtobufRegister.Violations(register, now);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public void Fields_are_read_with_their_messages()
    {
        var fields = ProtobufRegister.FieldsOf(Proto).Select(pair => $"{pair.Key.Message} {pair.Key.Number} {pair.Value}");
        Assert.Equal(
            [
                "stored.Color 0 NONE", "stored.Color 1 RED", "stored.Outer 1 string name", "stored.Outer 2 repeated Inner items",
                "stored.Outer 3 Inner one", "stored.Outer 5 bytes two", "stored.Outer 6 google.protobuf.Timestamp when",
                "stored.Outer.Inner 1 optional int64 at", "stored.Outer.Inner 2 map<string, Inner> more",
            ],
            fields.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("string name = 1;", "string title = 1;")]
    [InlineData("string name = 1;", "bytes name = 1;")]
    [InlineData("string name = 1;", "string name = 7;")]
    [InlineData("string name = 1;", "string name = 1; string extra = 4;")]
    public void A_planted_change_is_found(string before, string after)
    {
        var register = ProtobufRegister.Parse(ProtobufRegister.Write(ProtobufRegister.FieldsOf(""), ProtobufRegister.FieldsOf(Proto)));
        Assert.Empty(ProtobufRegister.Violations(register, ProtobufRegister.FieldsOf(Proto)));
        Assert.Single(ProtobufRegister.Violations(register, ProtobufRegister.FieldsOf(Proto.Replace(before, after, StringComparison.Ordinal))));
    }

    [Fact]
    public void A_number_that_went_is_remembered()
    {
        var before = ProtobufRegister.FieldsOf(Proto);
        var without = ProtobufRegister.FieldsOf(Proto.Replace("string name = 1;", "", StringComparison.Ordinal));
        var register = ProtobufRegister.Parse(ProtobufRegister.Write(before, without));
        Assert.Single(ProtobufRegister.Violations(register, ProtobufRegister.FieldsOf(Proto.Replace("string name = 1;", "string other = 1;", StringComparison.Ordinal))));
    }
}
