using System.Diagnostics.Metrics;
using Cluster.Gateway.Authentication;
using Cluster.Gateway.Diagnostics;
using Cluster.Protocol.Operations;
using Cluster.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Cluster.Gateway.Tests.Authentication;

public sealed class SignatureTests
{
    private const string Mismatch =
        "{\"__type\":\"InvalidSignatureException\",\"message\":\"The request signature we calculated does not match the signature you provided. "
        + "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\"}";

    [Fact]
    public async Task A_signed_request_is_carried_out_in_the_name_of_its_key()
    {
        await using var door = await SignedDoor.OpenAsync();
        Assert.Equal(200, (await RawRequest.Signed().SendAsync(door.Address)).Status);
        Assert.Equal("AKIDEXAMPLE", Assert.IsType<StartExecutionRequest>(door.Ports.Asked).Principal);
        var other = new RequestSigner("OTHERKEY", "another secret of its own");
        Assert.Equal(200, (await RawRequest.Signed(other).SendAsync(door.Address)).Status);
        Assert.Equal("OTHERKEY", Assert.IsType<StartExecutionRequest>(door.Ports.Asked).Principal);
    }

    [Fact]
    public async Task Without_keys_a_signature_is_not_looked_at_and_names_nobody()
    {
        await using var door = await Door.OpenAsync();
        Assert.Equal(200, (await RawRequest.Signed(new RequestSigner("anybody", "any")).SendAsync(door.Address)).Status);
        Assert.Null(Assert.IsType<StartExecutionRequest>(door.Ports.Asked).Principal);
    }

    [Fact]
    public async Task The_same_request_twice_in_a_second_is_answered_twice()
    {
        await using var door = await SignedDoor.OpenAsync();
        var request = RawRequest.Signed();
        Assert.Equal(200, (await request.SendAsync(door.Address)).Status);
        Assert.Equal(200, (await request.SendAsync(door.Address)).Status);
        Assert.Equal(2, door.Ports.Calls);
    }

    [Theory]
    [InlineData(-300, "")]
    [InlineData(300, "")]
    [InlineData(-301, "Signature expired: 20260331T115459Z is now earlier than 20260331T115500Z (20260331T120000Z - 5 min.)")]
    [InlineData(301, "Signature not yet current: 20260331T120501Z is still later than 20260331T120500Z (20260331T120000Z + 5 min.)")]
    [InlineData(-1200, "Signature expired: 20260331T114000Z is now earlier than 20260331T115500Z (20260331T120000Z - 5 min.)")]
    public async Task Clocks_may_differ_by_five_minutes(int seconds, string message)
    {
        await using var door = await SignedDoor.OpenAsync();
        var answer = await RawRequest.Signed(time: RawRequest.Noon.AddSeconds(seconds)).SendAsync(door.Address);
        Assert.Equal(message.Length == 0 ? 200 : 400, answer.Status);
        if (message.Length == 0)
            return;
        Assert.Equal($"{{\"__type\":\"InvalidSignatureException\",\"message\":\"{message}\"}}", answer.Body);
        Assert.Equal("Tue, 31 Mar 2026 12:00:00 GMT", answer.Header("Date"));
        Assert.Equal(0, door.Ports.Calls);
    }

    [Fact]
    public async Task The_tolerance_of_the_clocks_is_a_setting()
    {
        await using var door = await SignedDoor.OpenAsync(change: options => options.ClockTolerance = TimeSpan.FromMinutes(15));
        Assert.Equal(200, (await RawRequest.Signed(time: RawRequest.Noon.AddMinutes(-15)).SendAsync(door.Address)).Status);
        Assert.Equal(400, (await RawRequest.Signed(time: RawRequest.Noon.AddSeconds(-901)).SendAsync(door.Address)).Status);
    }

    [Fact]
    public async Task Around_midnight_both_days_are_good_and_each_day_has_its_key()
    {
        var midnight = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
        var clock = new StillClock(midnight.AddMinutes(-1));
        await using var door = await SignedDoor.OpenAsync(clock);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, (await RawRequest.Signed(time: midnight.AddMinutes(-2)).SendAsync(door.Address)).Status);
            Assert.Equal(200, (await RawRequest.Signed(time: midnight.AddMinutes(2)).SendAsync(door.Address)).Status);
        }

        clock.Now = midnight.AddDays(1).AddMinutes(-1);
        Assert.Equal(200, (await RawRequest.Signed(time: clock.Now).SendAsync(door.Address)).Status);
        clock.Now = midnight.AddDays(365);
        Assert.Equal(200, (await RawRequest.Signed(time: clock.Now).SendAsync(door.Address)).Status);
    }

    [Theory]
    [InlineData("AKIDEXAMPLE", "wrong")]
    [InlineData("AKIDEXAMPLE", "another secret of its own")]
    [InlineData("OTHERKEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")]
    [InlineData("NOBODY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")]
    [InlineData("NOBODY", "")]
    public async Task An_unknown_key_and_a_wrong_secret_get_the_same_answer(string id, string secret)
    {
        await using var door = await SignedDoor.OpenAsync();
        var answer = await RawRequest.Signed(new RequestSigner(id, secret)).SendAsync(door.Address);
        Assert.Equal(400, answer.Status);
        Assert.Equal(Mismatch, answer.Body);
        Assert.Equal("Tue, 31 Mar 2026 12:00:00 GMT", answer.Header("Date"));
        Assert.Equal(0, door.Ports.Calls);
    }

    [Fact]
    public async Task An_unsigned_request_is_told_so()
    {
        await using var door = await SignedDoor.OpenAsync();
        var answer = await door.CallAsync("StartExecution", RawRequest.Body);
        Assert.Equal(400, answer.Status);
        Assert.Equal(
            "{\"__type\":\"MissingAuthenticationTokenException\",\"message\":\"Request is missing Authentication Token\"}", answer.Body);
        Assert.Equal("application/x-amz-json-1.0", answer.ContentType);
        Assert.NotNull(answer.RequestId);
        Assert.Equal(0, door.Ports.Calls);
    }

    [Theory]
    [InlineData("Basic YTpi", "MissingAuthenticationTokenException")]
    [InlineData("AWS4-HMAC-SHA256", "IncompleteSignatureException")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20260331/us-east-1/states/aws4_request", "IncompleteSignatureException")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=00", "IncompleteSignatureException")]
    [InlineData("AWS4-HMAC-SHA512 Credential=a/20260331/us-east-1/states/aws4_request, SignedHeaders=host, Signature=00", "IncompleteSignatureException")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20260331/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00", "InvalidSignatureException")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20260331/us-east-1/states/aws4_request, SignedHeaders=content-type, Signature=00", "InvalidSignatureException")]
    public async Task What_cannot_be_read_is_incomplete_and_what_is_wrong_is_invalid(string authorization, string code)
    {
        await using var door = await SignedDoor.OpenAsync();
        var answer = await RawRequest.Signed().With(request => request["Authorization"] = authorization).SendAsync(door.Address);
        Assert.Equal((400, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_scope_is_told_at_once()
    {
        await using var door = await SignedDoor.OpenAsync();
        var answer = await RawRequest.Signed(new RequestSigner("AKIDEXAMPLE", "x", "../..", "s3")).SendAsync(door.Address);
        Assert.Equal("IncompleteSignatureException", answer.Code);
        answer = await RawRequest.Signed(new RequestSigner("AKIDEXAMPLE", "x", "mars-1", "s3")).SendAsync(door.Address);
        Assert.Contains(
            "Credential should be scoped to a valid region, not 'mars-1'. Credential should be scoped to correct service: 'states'.",
            answer.Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_has_only_a_Date_header_is_read_by_it()
    {
        await using var door = await SignedDoor.OpenAsync();
        var answer = await RawRequest.Signed().With(request => request["X-Amz-Date"] = "").SendAsync(door.Address);
        Assert.Equal("IncompleteSignatureException", answer.Code);
        answer = await RawRequest.Signed()
            .With(request => request.Headers.RemoveAll(header => header.Name is "X-Amz-Date"))
            .With(request => request.Headers.Add(("Date", "Tue, 31 Mar 2026 12:00:00 GMT")))
            .With(request => request["Authorization"] = request["Authorization"].Replace(";x-amz-date", "", StringComparison.Ordinal))
            .SendAsync(door.Address);
        Assert.Equal(Mismatch, answer.Body);
        answer = await RawRequest.Signed()
            .With(request => request.Headers.RemoveAll(header => header.Name is "X-Amz-Date"))
            .SendAsync(door.Address);
        Assert.Contains("requires existence of either a 'X-Amz-Date' or a 'Date' header", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("20260331T120000Z", null)]
    [InlineData("20260331T120000Z", "Mon, 30 Mar 2026 12:00:00 GMT")]
    [InlineData(null, "Tue, 31 Mar 2026 12:00:00 GMT")]
    [InlineData(null, "20260331T120000Z")]
    public void The_time_is_read_from_the_amz_header_first(string? amzDate, string? date)
    {
        var headers = new HeaderDictionary { ["X-Amz-Date"] = amzDate, ["Date"] = date };
        Assert.Null(SignatureTime.Read(headers, out var time));
        Assert.Equal(RawRequest.Noon, time);
        Assert.Equal("20260331T120000Z", SignatureTime.Text(time));
    }

    [Fact]
    public async Task Session_tokens_are_refused_in_words()
    {
        await using var door = await SignedDoor.OpenAsync();
        var answer = await RawRequest.Signed(more: ("X-Amz-Security-Token", "IQoJb3JpZ2luX2VjEPT")).SendAsync(door.Address);
        Assert.Equal((400, "UnrecognizedClientException"), (answer.Status, answer.Code));
        Assert.Contains("does not support session tokens", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UNSIGNED-PAYLOAD", 400)]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", 400)]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 400)]
    [InlineData("the right one", 200)]
    public async Task The_hash_of_the_body_is_never_taken_on_trust(string hash, int status)
    {
        await using var door = await SignedDoor.OpenAsync();
        if (status == 200)
            hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(new RawRequest().Content));
        var answer = await RawRequest.Signed(more: ("X-Amz-Content-Sha256", hash)).SendAsync(door.Address);
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task An_operation_that_is_not_there_is_told_only_to_a_known_caller()
    {
        await using var door = await SignedDoor.OpenAsync();
        var held = await RawRequest.Signed(operation: "Nonsense").SendAsync(door.Address);
        Assert.Equal("UnknownOperationException", held.Code);
        Assert.Equal("MissingAuthenticationTokenException", (await RawRequest.Signed(operation: "Nonsense")
            .With(request => request.Headers.RemoveAll(header => header.Name is "Authorization")).SendAsync(door.Address)).Code);
    }

    [Fact]
    public async Task Refused_bodies_are_let_go()
    {
        await using var door = await SignedDoor.OpenAsync(change: options =>
        {
            options.MaxBodyBytes = 8192;
            options.MaxHeldBodyBytes = 8192;
        });
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(Mismatch, (await RawRequest.Signed(new RequestSigner("NOBODY", "x")).SendAsync(door.Address)).Body);
            Assert.Equal("UnknownOperationException", (await RawRequest.Signed(operation: "Nonsense").SendAsync(door.Address)).Code);
        }

        Assert.Equal(200, (await RawRequest.Signed().SendAsync(door.Address)).Status);
    }

    [Fact]
    public async Task Health_needs_no_signature()
    {
        await using var door = await SignedDoor.OpenAsync();
        Assert.Equal("live\n", await door.Client.GetStringAsync(new Uri("/health/live", UriKind.Relative)));
    }

    [Fact]
    public async Task Refusals_are_counted_by_their_code()
    {
        await using var door = await SignedDoor.OpenAsync();
        var counted = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == GatewayMetrics.MeterName)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            lock (counted)
                counted.Add($"{tags[0].Value} {tags[1].Value}");
        });
        listener.Start();
        await door.CallAsync("ListStateMachines", "{}");
        await RawRequest.Signed(new RequestSigner("NOBODY", "x"), operation: "ListExecutions").SendAsync(door.Address);
        for (var i = 0; i < 100; i++)
        {
            lock (counted)
            {
                if (counted.Contains("ListExecutions InvalidSignatureException"))
                    break;
            }

            await Task.Delay(10);
        }

        lock (counted)
        {
            Assert.Contains(counted, one => one.EndsWith(" MissingAuthenticationTokenException", StringComparison.Ordinal));
            Assert.Contains(counted, one => one.EndsWith(" InvalidSignatureException", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Secrets_stand_in_no_log_and_no_answer()
    {
        const string Planted = "planted-0123456789-secret";
        await using var door = await SignedDoor.OpenAsync(change: options => options.Keys.Add(new AccessKey("PLANTED", Planted)));
        var signer = new RequestSigner("PLANTED", Planted);
        var answers = new List<RawAnswer>
        {
            await RawRequest.Signed(signer).SendAsync(door.Address),
            await RawRequest.Signed(signer).With(request => request.Content = []).SendAsync(door.Address),
            await RawRequest.Signed(signer).With(request => request["Authorization"] += "0").SendAsync(door.Address),
            await RawRequest.Signed(signer, time: RawRequest.Noon.AddDays(1)).SendAsync(door.Address),
        };
        door.Ports.Answer = new InvalidOperationException("broken");
        answers.Add(await RawRequest.Signed(signer).SendAsync(door.Address));
        Assert.Equal([200, 400, 400, 400, 500], answers.Select(answer => answer.Status));
        Assert.NotEmpty(door.FullLog);
        Assert.DoesNotContain(answers, answer => (answer.Head + answer.Body).Contains(Planted, StringComparison.Ordinal));
        Assert.DoesNotContain(door.FullLog, line => line.Contains(Planted, StringComparison.Ordinal));
    }
}
