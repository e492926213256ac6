using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Cluster.Testing.BadInput;

/// <summary>Requests whose HTTP is bad.</summary>
internal static class ConnectionCases
{
    /// <summary>After so long the server ends a connection that does not go on.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static IReadOnlyList<BadInputCase> All { get; } =
    [
        new("Headers that are too large or too many are refused", async run =>
        {
            string[] headers =
            [
                $"X-Large: {new string('x', 40_000)}\r\n",
                $"X-Large: {new string('x', 10_000_000)}\r\n",
                $"{new string('X', 100_000)}: 1\r\n",
                string.Concat(Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"X-{i}: 1\r\n"))),
            ];
            foreach (var header in headers)
                await AnsweredAsync(run, RawHttp.Head("ListStateMachines", header + "Content-Length: 2\r\n"), "{}", 0, 400, 431);
        }),
        new("A first line that is too long or is none is refused", async run =>
        {
            await AnsweredAsync(run, $"POST /{new string('x', 100_000)} HTTP/1.1\r\nHost: localhost\r\n", "", 0, 400, 414);
            await AnsweredAsync(run, $"{new string('x', 100_000)}\r\n", "", 0, 400, 414);
            await AnsweredAsync(run, "POST / HTTP/9.9\r\nHost: localhost\r\n", "", 0, 400, 505);
            await AnsweredAsync(run, "\u0016\u0003\u0001\u0002\u0000\u0001\r\n", "", 0, 400);
        }),
        new("A length that cannot be is refused", async run =>
        {
            foreach (var length in (string[])["-1", "x", "1e3", "99999999999999999999", "9223372036854775807", "2\r\nContent-Length: 3"])
                await AnsweredAsync(run, RawHttp.Head("ListStateMachines", $"Content-Length: {length}\r\n"), "{}", 0, 400, 413);
        }),
        new("A body that is shorter than its length is refused when the caller goes away", run =>
            AnsweredAsync(run, RawHttp.Head("ListStateMachines", "Content-Length: 1000\r\n"), "{}", thenEnd: true, 0, 400)),
        new("A body that is longer than its length is read no further", async run =>
        {
            var answer = await run.TimeAsync(() => RawHttp.SendAsync(
                run.Server.Endpoint, RawHttp.Head("ListStateMachines", "Content-Length: 2\r\n"), Encoding.UTF8.GetBytes("{}" + new string('x', 1_000_000))));
            BadInputRun.Hold(answer.Status is 200 or 0, $"answered with {answer.Status}");
        }),
        new("Broken chunks are refused", async run =>
        {
            foreach (var chunks in (string[])["x\r\n{}\r\n", "-2\r\n{}\r\n0\r\n\r\n", "FFFFFFFFFFFFFFFF\r\n{}", $"{new string('0', 100_000)}2\r\n{{}}\r\n0\r\n\r\n"])
                await AnsweredAsync(run, RawHttp.Head("ListStateMachines", "Transfer-Encoding: chunked\r\n"), chunks, 0, 400, 413);
        }),
        new("Chunks without end are refused once they are too many", async run =>
        {
            var answer = await run.TimeAsync(() => EndlessChunksAsync(run.Server.Endpoint));
            BadInputRun.Hold(answer.Status is 0 or 413, $"answered with {answer.Status}");
        }),
        new("A hundred callers who send nothing more hold nobody up and are let go", async run =>
        {
            string[] beginnings =
            [
                "", "POST / HT", RawHttp.Head("ListStateMachines", "X-Half"), RawHttp.Head("ListStateMachines", "Content-Length: 1000\r\n\r\n{"),
                RawHttp.Head("ListStateMachines", "Transfer-Encoding: chunked\r\n\r\n5\r\n{"),
            ];
            var slow = Enumerable.Range(0, 100).Select(i => StallAsync(run.Server.Endpoint, beginnings[i % beginnings.Length])).ToArray();
            for (var i = 0; i < 20; i++)
                BadInputRun.Hold((await run.CallAsync("ListStateMachines", new { })).Succeeded, "an ordinary request was not answered");
            await Task.WhenAll(slow);
        }),
    ];

    private static Task AnsweredAsync(BadInputRun run, string head, string body, params int[] statuses) =>
        AnsweredAsync(run, head, body, thenEnd: false, statuses);

    private static async Task AnsweredAsync(BadInputRun run, string head, string body, bool thenEnd, params int[] statuses)
    {
        var answer = await run.TimeAsync(() => RawHttp.SendAsync(run.Server.Endpoint, head, Encoding.UTF8.GetBytes(body), thenEnd));
        BadInputRun.Hold(statuses.Contains(answer.Status), $"{BadInputRun.Short(head)} was answered with {answer.Status}: {BadInputRun.Short(answer.Text)}");
    }

    private static async Task<RawAnswer> EndlessChunksAsync(Uri endpoint)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(endpoint.Host, endpoint.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(RawHttp.Head("ListStateMachines", "Transfer-Encoding: chunked\r\n") + "\r\n"));
        var chunk = Encoding.Latin1.GetBytes("10000\r\n" + new string(' ', 0x10000) + "\r\n");
        var answer = RawHttp.ReadAsync(stream);
        try
        {
            for (var sent = 0L; sent < 1L << 30 && !answer.IsCompleted; sent += chunk.Length)
                await stream.WriteAsync(chunk);
        }
        catch (IOException)
        {
            // The server has closed.
        }

        return await answer;
    }

    private static async Task StallAsync(Uri endpoint, string beginning)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(endpoint.Host, endpoint.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(beginning));
        if (beginning.Length > 0)
            await RawHttp.ReadAsync(client.GetStream()).WaitAsync(Patience);
    }
}
