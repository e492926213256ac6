using System.Text;
using Xunit;

namespace Cluster.Gateway.Tests.Authentication;

/// <summary>Whatever is changed in a signed request after it was signed, it must not be carried out.</summary>
public sealed class MutationTests
{
    private const int FewestMutations = 60;

    [Fact]
    public async Task No_changed_request_is_accepted()
    {
        await using var door = await SignedDoor.OpenAsync();
        var mutations = Headers().Concat(Signatures()).Concat(Credentials()).Concat(Bodies()).Concat(Lines()).ToList();
        Assert.True(mutations.Count >= FewestMutations, $"only {mutations.Count}");
        Assert.Equal(200, (await RawRequest.Signed(more: ("X-Amz-User-Agent", "any  client")).SendAsync(door.Address)).Status);
        foreach (var (name, change) in mutations)
        {
            var answer = await RawRequest.Signed(more: ("X-Amz-User-Agent", "any  client")).With(change).SendAsync(door.Address);
            Assert.True(answer.Status is >= 400 and < 500, $"{name}: {answer.Status} {answer.Body}");
        }

        Assert.Equal(1, door.Ports.Calls);
        Assert.Empty(door.Log);
    }

    [Fact]
    public async Task What_is_not_signed_by_the_rules_may_change_on_the_way()
    {
        await using var door = await SignedDoor.OpenAsync();
        await Taken(request => request.Headers.Reverse());
        await Taken(request => request.Headers.Add(("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793")));
        await Taken(request => request.Headers.Add(("X-Forwarded-For", "10.1.2.3")));
        await Taken(request => request["Content-Type"] = "  application/x-amz-json-1.0\t");
        await Taken(request => request["x-AMZ-target"] = request["X-Amz-Target"]);
        await Taken(request => request["Authorization"] = request["Authorization"].Replace(", ", ",", StringComparison.Ordinal));
        await Taken(request => request.Target = "http://states.example.org:8080/");

        async Task Taken(Action<RawRequest> change)
        {
            var answer = await RawRequest.Signed().With(change).SendAsync(door.Address);
            Assert.True(answer.Status == 200, answer.Body);
        }
    }

    private static IEnumerable<(string Name, Action<RawRequest> Change)> Headers()
    {
        foreach (var name in (string[])["Host", "Content-Type", "X-Amz-Target", "X-Amz-Date", "X-Amz-User-Agent", "Authorization"])
        {
            yield return ($"{name} removed", request => request.Headers.RemoveAll(header => header.Name == name));
            yield return ($"{name} emptied", request => request[name] = "");
            yield return ($"{name} longer", request => request[name] += "x");
            yield return ($"{name} shorter", request => request[name] = request[name][..^1]);
            yield return ($"{name} in other case", request => request[name] = Swapped(request[name]));
            yield return ($"{name} twice the same", request => request.Headers.Add((name, request[name])));
            yield return ($"{name} twice, another", request => request.Headers.Add((name, "other")));
            yield return ($"{name} twice, another first", request => request.Headers.Insert(0, (name, "other")));
            yield return ($"{name} folded", request => request[name] += "\r\n more");
            yield return ($"{name} under another name", request => request.Headers.Add(("X-Amz-Old-" + name, request[name])));
            yield return ($"{name} with a letter beyond ASCII", request => request[name] += "é");
            yield return ($"{name} with a zero", request => request[name] += "\0");
        }

        yield return ("another target", request => request["X-Amz-Target"] = "AWSStepFunctions.StopExecution");
        yield return ("an unsigned x-amz header", request => request.Headers.Add(("X-Amz-Meta", "1")));
        yield return ("an unsigned x-amz header in lower case", request => request.Headers.Add(("x-amz-meta", "1")));
        yield return ("an unsigned content hash", request => request.Headers.Add(("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")));
        yield return ("a session token", request => request.Headers.Add(("X-Amz-Security-Token", "token")));
        yield return ("a second later", request => request["X-Amz-Date"] = "20260331T120001Z");
        yield return ("a Date instead", request => request.Headers[request.Headers.FindIndex(h => h.Name == "X-Amz-Date")] = ("Date", "Tue, 31 Mar 2026 12:00:00 GMT"));
        foreach (var time in (string[])["20260331T115459Z", "20260331T120601Z", "99991231T235959Z", "00010101T000000Z", "20260331T126000Z", "2026-03-31T12:00:00Z", "1774958400", "20260331T120000", "20260331T120000z", "now", "-1"])
            yield return ($"time {time}", request => request["X-Amz-Date"] = time);
    }

    private static IEnumerable<(string Name, Action<RawRequest> Change)> Signatures()
    {
        for (var i = 1; i <= 64; i++)
        {
            var place = i;
            yield return ($"digit {place} from the end of the signature", request => ChangeDigit(request, place));
        }

        yield return ("signature in upper case", request =>
            request["Authorization"] = request["Authorization"][..^64] + request["Authorization"][^64..].ToUpperInvariant());
        yield return ("signature of wide digits", request => request["Authorization"] = request["Authorization"][..^64] + new string('０', 64));
        yield return ("signature half", request => request["Authorization"] = request["Authorization"][..^32]);
        yield return ("signature all zero", request => request["Authorization"] = request["Authorization"][..^64] + new string('0', 64));
        yield return ("signature twice", request => request["Authorization"] += ", Signature=" + request["Authorization"][^64..]);
    }

    private static IEnumerable<(string Name, Action<RawRequest> Change)> Credentials()
    {
        (string From, string To)[] changes =
        [
            ("AWS4-HMAC-SHA256 ", "AWS4-HMAC-SHA1 "), ("AWS4-HMAC-SHA256 ", "AWS4-ECDSA-P256-SHA256 "), ("AWS4-HMAC-SHA256 ", "aws4-hmac-sha256 "),
            ("AWS4-HMAC-SHA256 ", "AWS4-HMAC-SHA256"), ("AWS4-HMAC-SHA256 ", "Bearer "), ("AWS4-HMAC-SHA256 ", ""),
            ("AKIDEXAMPLE", "AKIDEXAMPLF"), ("AKIDEXAMPLE", "akidexample"), ("AKIDEXAMPLE", ""), ("AKIDEXAMPLE", "AKIDEXAMPLE/x"),
            ("AKIDEXAMPLE", "OTHERKEY"), ("/20260331/", "/20260330/"), ("/20260331/", "/20260401/"), ("/20260331/", "//"), ("/20260331/", "/../"),
            ("/us-east-1/", "/us-east-2/"), ("/us-east-1/", "/../../"), ("/us-east-1/", "/US-EAST-1/"), ("/us-east-1/", "//"),
            ("/states/", "/s3/"), ("/states/", "/States/"), ("/states/", "//"), ("aws4_request", "aws5_request"), ("aws4_request", "aws4_request/"),
            ("Credential=", "Credential"), ("Credential=", "credential="), ("Credential=", "Extra=1, Credential="), ("Signature=", "Signature"),
            ("SignedHeaders=", "Headers="), ("content-type;host;", "host;content-type;"), ("content-type;host;", "host;"),
            ("content-type;host;", "content-type;"), ("content-type;host;", "content-type;content-type;host;"),
            ("content-type;host;", "Content-Type;Host;"), ("content-type;host;", "content-type;;host;"), ("content-type;host;", ";content-type;host;"),
            ("content-type;host;", "content-type;host;missing;"), ("content-type;host;", "content-length;content-type;host;"),
            (";x-amz-target", ""), (";x-amz-date", ""), (";x-amz-user-agent", ""), (", ", "; "), (", ", " "), (", ", ",, "),
        ];
        return changes.Select(change => ($"'{change.From}' → '{change.To}'", (Action<RawRequest>)(request =>
        {
            Assert.Contains(change.From, request["Authorization"], StringComparison.Ordinal);
            request["Authorization"] = request["Authorization"].Replace(change.From, change.To, StringComparison.Ordinal);
        })));
    }

    private static IEnumerable<(string Name, Action<RawRequest> Change)> Bodies()
    {
        foreach (var one in (string[])["{", "\"", "s", "M", ":", "1", "-", "}", "ö", "ß"])
        {
            yield return (
                $"the body's first '{one}' changed",
                request => request.Content[request.Content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(one))] ^= 1);
        }

        yield return ("an emptied body", request => request.Content = []);
        yield return ("a body with a space more", request => request.Content = [.. request.Content, (byte)' ']);
        yield return ("a body with a line end before", request => request.Content = [(byte)'\n', .. request.Content]);
        yield return ("a body with a byte less", request => request.Content = request.Content[..^1]);
        yield return ("a body with a zero more", request => request.Content = [.. request.Content, 0]);
        yield return ("the body of another request", request => request.Content = "{}"u8.ToArray());
    }

    private static IEnumerable<(string Name, Action<RawRequest> Change)> Lines()
    {
        foreach (var method in (string[])["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "post", "POSTX"])
            yield return ($"method {method}", request => request.Method = method);
        foreach (var target in (string[])["/x", "//", "/./", "/../", "/%2e", "/%2F", "/?a=b", "/?a", "/?%00", "/?X-Amz-Signature=1", "/#", "/;a", "*"])
            yield return ($"target {target}", request => request.Target = target);
    }

    private static void ChangeDigit(RawRequest request, int fromEnd)
    {
        var value = request["Authorization"].ToCharArray();
        value[^fromEnd] = value[^fromEnd] == '0' ? '1' : '0';
        request["Authorization"] = new string(value);
    }

    private static string Swapped(string text) =>
        string.Concat(text.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));
}
