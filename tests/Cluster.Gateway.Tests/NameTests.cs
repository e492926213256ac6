using System.Text.Json;
using Cluster.Protocol.Operations;
using Xunit;

namespace Cluster.Gateway.Tests;

public sealed class NameTests
{
    private const string Machine = "arn:aws:states:us-east-1:111111111111:stateMachine:orders";

    public static TheoryData<int> Forbidden { get; } = new(
        " \t\n\r\u00A0\u2028\u3000<>{}[]?*\"#%\\^|~`$&,;:/"
            .Concat(Enumerable.Range(0, 0x20).Select(c => (char)c))
            .Concat(Enumerable.Range(0x7F, 0x21).Select(c => (char)c))
            .Append('\uFFFE')
            .Append('\uFFFF')
            .Select(c => (int)c)
            .Distinct());

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task A_forbidden_character_makes_a_name_invalid(int character)
    {
        await using var door = await Door.OpenAsync();
        var name = $"a{(char)character}b";
        foreach (var (operation, member) in new[] { ("StartExecution", "x"), ("CreateStateMachine", "y") })
        {
            var answer = await door.CallAsync(operation, JsonSerializer.Serialize(new Dictionary<string, string>
            {
                ["stateMachineArn"] = Machine,
                ["name"] = name,
                ["definition"] = member,
                ["roleArn"] = "arn:aws:iam::111111111111:role/r",
            }));
            using var error = JsonDocument.Parse(answer.Body);
            Assert.Equal("InvalidName", error.RootElement.GetProperty("__type").GetString());
            Assert.Equal($"Invalid Name: '{name}'", error.RootElement.GetProperty("message").GetString());
        }

        Assert.Equal(0, door.Ports.Calls);
    }

    [Fact]
    public async Task A_character_outside_the_basic_plane_makes_a_name_invalid()
    {
        await using var door = await Door.OpenAsync();
        var answer = await door.CallAsync("StartExecution", $$"""{"stateMachineArn":"{{Machine}}","name":"a😀"}""");
        Assert.Contains("InvalidName", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CON")]
    [InlineData("a.b-c_d=e+f'g(h)!@")]
    [InlineData("naïve-名前")]
    public async Task Everything_else_may_stand_in_a_name(string name)
    {
        await using var door = await Door.OpenAsync();
        var answer = await door.CallAsync("StartExecution", $$"""{"stateMachineArn":"{{Machine}}","name":"{{name}}"}""");
        Assert.Equal(200, answer.Status);
        Assert.Equal(name, Assert.IsType<StartExecutionRequest>(door.Ports.Asked).Name);
    }

    [Fact]
    public async Task A_name_of_eighty_characters_is_taken()
    {
        await using var door = await Door.OpenAsync();
        var name = new string('é', 80);
        Assert.Equal(200, (await door.CallAsync("StartExecution", $$"""{"stateMachineArn":"{{Machine}}","name":"{{name}}"}""")).Status);
    }
}
