using System.Diagnostics;
using Cluster.Testing;
using Xunit;

namespace Cluster.Integration.Tests.Process;

/// <summary>The shipped server with keys: it listens for other machines, and takes signed requests only.</summary>
public sealed class KeyTests
{
    private const string KeyId = "AKIDEXAMPLE";
    private const string Secret = "planted+secret/of-the-process-test";
    private const string Definition = """{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}""";
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task On_an_open_address_signed_requests_are_taken_and_others_refused()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.RunAsync(Start(folder));
        using var signed = new ApiClient(server.Endpoint, signer: new RequestSigner(KeyId, Secret));
        using var unsigned = new ApiClient(server.Endpoint);
        using var stranger = new ApiClient(server.Endpoint, signer: new RequestSigner(KeyId, "another"));
        using var elsewhere = new ApiClient(server.Endpoint, signer: new RequestSigner(KeyId, Secret, "eu-west-1"));
        var machine = await signed.CreateAsync("signed", Definition);
        Assert.True((await signed.StartAsync(machine, "one", "{\"text\":\"grün 漢字\"}")).Succeeded);
        Assert.Equal("MissingAuthenticationTokenException", (await unsigned.StartAsync(machine, "two")).Error);
        Assert.Equal("InvalidSignatureException", (await stranger.StartAsync(machine, "three")).Error);
        Assert.Equal("InvalidSignatureException", (await elsewhere.StartAsync(machine, "four")).Error);
        Assert.Equal("one", (string)Assert.Single(await signed.ListAsync(machine))["name"]!);
        Assert.Equal(0, await server.TerminateAsync(Soon));
        Assert.DoesNotContain(Secret, server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unmodified_AWS_client_is_understood()
    {
        if ((await PythonAsync("import botocore.session", server: null)).Code != 0)
            Assert.Skip("python3 with botocore is not installed");
        using var folder = new TempFolder();
        await using var server = await ServerProcess.RunAsync(Start(folder));
        var (code, output) = await PythonAsync(
            """
            import os, botocore.session, botocore.exceptions
            def client(secret):
                return botocore.session.get_session().create_client(
                    'stepfunctions', region_name='us-east-1', endpoint_url=os.environ['ENDPOINT'],
                    aws_access_key_id=os.environ['KEY'], aws_secret_access_key=secret)
            good = client(os.environ['SECRET'])
            machine = good.create_state_machine(
                name='from-python', definition=os.environ['DEFINITION'], roleArn='arn:aws:iam::123456789012:role/any')['stateMachineArn']
            execution = good.start_execution(stateMachineArn=machine, name='one', input='{"text": "gr\u00fcn \u6f22\u5b57"}')['executionArn']
            assert good.describe_execution(executionArn=execution)['name'] == 'one'
            assert good.get_execution_history(executionArn=execution)['events'][0]['type'] == 'ExecutionStarted'
            try:
                client('wrong').list_state_machines()
                raise SystemExit('a wrong secret was taken')
            except botocore.exceptions.ClientError as error:
                print(error.response['Error']['Code'])
            """,
            server);
        Assert.Equal((0, "InvalidSignatureException"), (code, output.Trim()));
    }

    private static ServerStart Start(TempFolder folder)
    {
        var port = FreePort.Take();
        return new ServerStart
        {
            Folder = folder["data"],
            Port = port,
            Arguments = ["--set", $"gateway:listen=http://0.0.0.0:{port}"],
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["CLUSTER_GATEWAY__KEYS__0__ID"] = KeyId,
                ["CLUSTER_GATEWAY__KEYS__0__SECRET"] = Secret,
            },
        };
    }

    private static async Task<(int Code, string Output)> PythonAsync(string script, ServerProcess? server)
    {
        var info = new ProcessStartInfo("python3", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        info.Environment["ENDPOINT"] = server?.Endpoint.ToString();
        info.Environment["KEY"] = KeyId;
        info.Environment["SECRET"] = Secret;
        info.Environment["DEFINITION"] = Definition;
        try
        {
            using var python = System.Diagnostics.Process.Start(info)!;
            using var limit = new CancellationTokenSource(Soon);
            var errors = python.StandardError.ReadToEndAsync(limit.Token);
            var output = await python.StandardOutput.ReadToEndAsync(limit.Token);
            await python.WaitForExitAsync(limit.Token);
            return (python.ExitCode, output + await errors);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "there is no python3");
        }
    }
}
