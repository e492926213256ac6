using Cluster.Node.Tasks;

namespace Cluster.Node.Hosting.Settings;

/// <summary>Reads the section <c>tasks</c>, with the function registry.</summary>
/// <remarks>
/// A target says where a function is and how it is called: <c>http://…</c> speaks the Lambda Invoke API, <c>webhook:http://…</c> takes a
/// POST of JSON, <c>builtin:echo</c> answers its input.
/// </remarks>
internal static class TaskReader
{
    private const string Echo = "builtin:echo";
    private const string Webhook = "webhook:";
    private const int MostCalls = 1_000_000;
    private const int LongestName = 256;

    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    public static TaskSettings Read(SettingsSection section)
    {
        var defaults = new TaskSettings();
        var functions = section.List("functions").Select(ReadFunction).OfType<FunctionSettings>().ToArray();
        foreach (var twice in functions.GroupBy(static f => f.Name, StringComparer.Ordinal).Where(static g => g.Count() > 1))
            section.Wrong("functions", $"the function '{twice.Key}' stands here twice.");
        var settings = new TaskSettings
        {
            LambdaEndpoint = section.Text("lambdaEndpoint") is { } text ? UrlOf(section, "lambdaEndpoint", text) : null,
            LambdaTimeout = section.Duration("lambdaTimeout", defaults.LambdaTimeout, ShortestTimeout, LongestTimeout),
            LambdaConcurrency = (int)section.Number("lambdaConcurrency", defaults.LambdaConcurrency, 1, MostCalls),
            MaxWaitingCalls = (int)section.Number("maxWaitingCalls", defaults.MaxWaitingCalls, 0, MostCalls),
            ConnectTimeout = section.Duration("connectTimeout", defaults.ConnectTimeout, ShortestTimeout, LongestTimeout),
            Functions = functions,
        };
        section.WarnOfOthers();
        return settings;
    }

    private static FunctionSettings? ReadFunction(SettingsSection section)
    {
        var name = section.Text("name");
        if (name is null)
            section.Wrong("name", "the function's name is missing.");
        else if (name.Length > LongestName || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '*'))
            section.Wrong("name", $"'{name}' is neither a function's name nor its ARN; * stands for any characters.");
        var (protocol, url) = ReadTarget(section);
        var settings = new FunctionSettings
        {
            Name = name ?? "",
            Protocol = protocol ?? FunctionProtocol.InvokeApi,
            Url = url,
            Idempotent = section.Flag("idempotent", otherwise: false),
            Concurrency = (int)section.Number("concurrency", TaskSettings.DefaultConcurrency, 1, MostCalls),
            Timeout = section.Duration("timeout", TaskSettings.LongestCall, ShortestTimeout, LongestTimeout),
        };
        section.WarnOfOthers();
        return name is null || protocol is null ? null : settings;
    }

    private static (FunctionProtocol? Protocol, Uri? Url) ReadTarget(SettingsSection section)
    {
        switch (section.Text("target"))
        {
            case null:
                section.Wrong("target", $"the target is missing: an address of a Lambda Invoke API, {Webhook}ADDRESS, or {Echo}.");
                return (null, null);
            case Echo:
                return (FunctionProtocol.Echo, null);
            case { } text when text.StartsWith("builtin:", StringComparison.Ordinal):
                section.Wrong("target", $"'{text}' is not built in; {Echo} is.");
                return (null, null);
            case { } text when text.StartsWith(Webhook, StringComparison.Ordinal):
                return UrlOf(section, "target", text[Webhook.Length..], mayAsk: true) is { } webhook ? (FunctionProtocol.Webhook, webhook) : (null, null);
            case { } text:
                return UrlOf(section, "target", text) is { } url ? (FunctionProtocol.InvokeApi, url) : (null, null);
        }
    }

    private static Uri? UrlOf(SettingsSection section, string name, string text, bool mayAsk = false)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0
            && url.UserInfo.Length == 0 && (mayAsk || url.Query.Length == 0) && url.Fragment.Length == 0)
            return url;
        section.Wrong(name, $"'{text}' is not an address http://HOST[:PORT][/PATH] or https://…, without user, query or fragment.");
        return null;
    }
}
