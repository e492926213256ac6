using Cluster.Asl.Expressions.Jsonata.Pictures;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Functions;

/// <summary>URLs and base64.</summary>
internal static class EncodingFunctions
{
    private const string Signature = "<s-:s>";

    /// <summary>The most that a UTF-16 unit grows to: three bytes of UTF-8, three characters each.</summary>
    private const int MaxUrlGrowth = 9;

    public static readonly BuiltInFunction[] All =
    [
        Url("encodeUrl", static text => UrlCoding.Encode(text, isComponent: false)),
        Url("encodeUrlComponent", static text => UrlCoding.Encode(text, isComponent: true)),
        Url("decodeUrl", static text => UrlCoding.Decode(text, isComponent: false)),
        Url("decodeUrlComponent", static text => UrlCoding.Decode(text, isComponent: true)),
        Base64("base64encode", Base64Text.Encode),
        Base64("base64decode", Base64Text.Decode),
    ];

    private static BuiltInFunction Url(string name, Func<string, string?> convert) => new(name, Signature, (evaluation, arguments) =>
    {
        if (arguments[0] is not JsonString text)
            return null;
        evaluation.StepText(text.Value.Length);
        var converted = convert(text.Value) ?? throw JsonataErrors.Of("D3140", token: name, value: text);
        evaluation.SpendCharacters(converted.Length);
        return new JsonString(converted);
    });

    private static BuiltInFunction Base64(string name, Func<string, string> convert) => new(name, Signature, (evaluation, arguments) =>
    {
        if (arguments[0] is not JsonString text)
            return null;
        evaluation.StepText(text.Value.Length);
        var converted = convert(text.Value);
        evaluation.SpendCharacters(converted.Length);
        return new JsonString(converted);
    });
}
