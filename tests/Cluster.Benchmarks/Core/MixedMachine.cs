using System.Globalization;
using System.Text;

namespace Cluster.Benchmarks.Core;

/// <summary>A machine as people write them: every type of state, with retriers, catchers, templates, rules, and states inside states.</summary>
internal static class MixedMachine
{
    /// <summary>How many states one round of the pattern holds, those inside states too.</summary>
    private const int StatesOfPattern = 10;

    /// <summary>The definition's text.</summary>
    /// <param name="states">How many states; a multiple of ten.</param>
    public static string Definition(int states)
    {
        var rounds = states / StatesOfPattern;
        var text = new StringBuilder("""{"Comment":"A machine of many states","StartAt":"Pass 1","States":{""");
        for (var i = 1; i <= rounds; i++)
            text.Append(i == 1 ? "" : ",").Append(Pattern(i, i == rounds ? "\"End\":true" : $"\"Next\":\"Pass {Text(i + 1)}\""));
        return text.Append("}}").ToString();
    }

    private static string Pattern(int number, string goesOn) =>
        """
        "Pass #":{"Type":"Pass","Parameters":{"order.$":"$.order","at.$":"$$.State.EnteredTime","kind":"express"},"ResultPath":"$.pass","Next":"Task #"},
        "Task #":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:work","TimeoutSeconds":60,"HeartbeatSeconds":20,
          "Parameters":{"id.$":"$.order.id","items.$":"$.order.items[*].sku"},"ResultSelector":{"total.$":"$.total"},"ResultPath":"$.task",
          "Retry":[{"ErrorEquals":["States.TaskFailed"],"IntervalSeconds":1,"MaxAttempts":3,"BackoffRate":2},{"ErrorEquals":["States.ALL"]}],
          "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"Wait #"}],"Next":"Choice #"},
        "Choice #":{"Type":"Choice","Choices":[
          {"And":[{"Variable":"$.task.total","NumericGreaterThan":100},{"Not":{"Variable":"$.order.tier","StringEquals":"gold"}}],"Next":"Parallel #"},
          {"Variable":"$.order.items[0].sku","StringMatches":"x-*","Next":"Map #"}],"Default":"Wait #"},
        "Wait #":{"Type":"Wait","SecondsPath":"$.order.pause","Next":"Map #"},
        "Parallel #":{"Type":"Parallel","ResultPath":"$.both","Next":"Map #","Branches":[
          {"StartAt":"Left #","States":{"Left #":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"work","Payload.$":"$"},"End":true}}},
          {"StartAt":"Right #","States":{"Right #":{"Type":"Fail","Error":"NotBoth","Cause":"One of two is enough"}}}]},
        "Map #":{"Type":"Map","ItemsPath":"$.order.items","ItemSelector":{"item.$":"$$.Map.Item.Value","order.$":"$.order.id"},"MaxConcurrency":5,
          "ItemProcessor":{"ProcessorConfig":{"Mode":"INLINE"},"StartAt":"Item #","States":{
            "Item #":{"Type":"Choice","Choices":[{"Variable":"$.item.count","IsNumeric":true,"Next":"Good #"}]},
            "Good #":{"Type":"Succeed"}}},
          "ResultPath":"$.items",@}
        """
        .Replace("#", Text(number), StringComparison.Ordinal).Replace("@", goesOn, StringComparison.Ordinal);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
