using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Cluster.Protocol.Operations;
using Xunit;

namespace Cluster.Gateway.Tests;

/// <summary>Bodies at their limits and beyond; each answer comes at once and the door stays open. What is allocated is counted for the process, so nothing runs beside.</summary>
[Collection(AloneCollection.Name)]
public sealed class LimitTests
{
    private const int MiB = 1024 * 1024;
    private const int PayloadLimit = 262_144;
    private const int DefinitionLimit = 1_048_576;
    private const string Machine = "\"stateMachineArn\":\"arn:aws:states:us-east-1:111111111111:stateMachine:orders\"";
    private const string Create = "\"name\":\"n\",\"roleArn\":\"arn:aws:iam::111111111111:role/r\"";
    private const string TooLong = "failed to satisfy constraint: Member must have length less than or equal to ";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("a", "a")]
    [InlineData("é", "é")]
    [InlineData("😀", "😀")]
    [InlineData("😀", "\\ud83d\\ude00")]
    [InlineData("\n", "\\n")]
    public async Task An_input_is_measured_in_bytes_after_its_escapes_are_gone(string text, string written)
    {
        await using var door = await Door.OpenAsync();
        var size = Encoding.UTF8.GetByteCount(text);
        foreach (var bytes in new[] { PayloadLimit - 1, PayloadLimit, PayloadLimit + 1 })
        {
            var content = string.Concat(Enumerable.Repeat(written, bytes / size)) + new string('x', bytes % size);
            var answer = await door.CallAsync("StartExecution", $"{{{Machine},\"input\":\"{content}\"}}");
            Assert.Equal(bytes > PayloadLimit ? 400 : 200, answer.Status);
            if (bytes > PayloadLimit)
                Assert.Contains("Value at 'input' " + TooLong + "262144", answer.Body, StringComparison.Ordinal);
            else
                Assert.Equal(bytes, Assert.IsType<StartExecutionRequest>(door.Ports.Asked).Input.Length);
        }
    }

    [Theory]
    [InlineData("é", "é")]
    [InlineData("\n", "\\n")]
    [InlineData("é", "\\u00e9")]
    public async Task A_definition_is_measured_in_bytes_after_its_escapes_are_gone(string text, string written)
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = new CreateStateMachineResponse(FakePorts.Machine, 0);
        var size = Encoding.UTF8.GetByteCount(text);
        foreach (var bytes in new[] { DefinitionLimit - 1, DefinitionLimit, DefinitionLimit + 1 })
        {
            var content = string.Concat(Enumerable.Repeat(written, bytes / size)) + new string('x', bytes % size);
            var answer = await door.CallAsync("CreateStateMachine", $"{{{Create},\"definition\":\"{content}\"}}");
            Assert.Equal(bytes > DefinitionLimit ? 400 : 200, answer.Status);
            if (bytes > DefinitionLimit)
                Assert.Contains("Value at 'definition' " + TooLong + "1048576", answer.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(-1, 400)]
    [InlineData(0, 400)]
    [InlineData(1, 413)]
    public async Task A_body_of_four_mebibytes_is_read_and_one_byte_more_is_not(int more, int status)
    {
        await using var door = await Door.OpenAsync();
        var start = Encoding.ASCII.GetBytes("{\"name\":\"");
        var body = new byte[(4 * MiB) + more];
        Array.Fill(body, (byte)'n');
        start.CopyTo(body, 0);
        "\"}"u8.CopyTo(body.AsSpan(body.Length - 2));
        var answer = await door.SendAsync("AWSStepFunctions.StartExecution", new ByteArrayContent(body));
        Assert.Equal(status, answer.Status);
        Assert.Contains(status == 413 ? "RequestEntityTooLargeException" : "2 validation errors", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claimed_length_beyond_the_limit_is_refused_before_the_body_comes()
    {
        await using var door = await Door.OpenAsync();
        var answer = await RawAsync(door, "Content-Length: 9000000000000000000\r\n\r\n", []);
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("Request size exceeded 4194304 bytes", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chunked_body_without_end_is_cut_at_the_limit()
    {
        await using var door = await Door.OpenAsync();
        var chunk = Encoding.ASCII.GetBytes("10000\r\n" + new string(' ', 0x10000) + "\r\n");
        var before = GC.GetTotalAllocatedBytes();
        var answer = await RawAsync(door, "Transfer-Encoding: chunked\r\n\r\n", Enumerable.Repeat(chunk, 65));
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 32L * MiB);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("{\"unknown\":[{\"a\":")]
    public async Task Deep_JSON_is_refused_at_once(string level)
    {
        await using var door = await Door.OpenAsync();
        var started = Stopwatch.GetTimestamp();
        var answer = await door.CallAsync("StartExecution", string.Concat(Enumerable.Repeat(level, 200_000)));
        Assert.Equal(400, answer.Status);
        Assert.Contains("SerializationException", answer.Body, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < Soon);
    }

    [Fact]
    public async Task Deep_text_in_a_member_is_left_to_the_one_who_parses_it()
    {
        await using var door = await Door.OpenAsync();
        var deep = new string('[', 200_000);
        var answer = await door.CallAsync("StartExecution", $"{{{Machine},\"input\":\"{deep}\"}}");
        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task A_depth_within_the_limit_is_passed_over()
    {
        await using var door = await Door.OpenAsync();
        string Nested(int depth) => $"{{{Machine},\"unknown\":{new string('[', depth)}{new string(']', depth)}}}";
        Assert.Equal(200, (await door.CallAsync("StartExecution", Nested(127))).Status);
        Assert.Equal(400, (await door.CallAsync("StartExecution", Nested(128))).Status);
    }

    private static async Task<string> RawAsync(Door door, string headers, IEnumerable<byte[]> pieces)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, door.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Amz-Target: AWSStepFunctions.StartExecution\r\n" + headers));
        foreach (var piece in pieces)
            await stream.WriteAsync(piece);
        using var reader = new StreamReader(stream);
        var line = await reader.ReadLineAsync() ?? string.Empty;
        var rest = new char[2048];
        var count = await reader.ReadBlockAsync(rest);
        return line + "\n" + new string(rest, 0, count);
    }
}
