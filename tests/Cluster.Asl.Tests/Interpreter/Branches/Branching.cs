using Cluster.Asl.Interpreter;

namespace Cluster.Asl.Tests.Interpreter.Branches;

/// <summary>Short ways to write machines whose state A has branches, and whose state B takes what A leaves or catches.</summary>
internal static class Branching
{
    /// <summary>A Fail state's fields.</summary>
    public const string Boom = "\"Type\":\"Fail\",\"Error\":\"Boom\",\"Cause\":\"why\"";

    /// <summary>A Wait state's fields, longer than any test lasts.</summary>
    public const string LongWait = "\"Type\":\"Wait\",\"Seconds\":999,\"End\":true";

    /// <summary>A Pass state's fields.</summary>
    public const string Pass = "\"Type\":\"Pass\",\"End\":true";

    /// <summary>A Task state's fields.</summary>
    public static string Task(string fields = "") => Given.TaskFields(fields) + ",\"End\":true";

    /// <summary>Parallel A whose branches are states I0, I1 and so on with these fields.</summary>
    public static Given Parallel(string[] states, string fields = "", string more = "", Limits? limits = null) => Given.States(
        $"\"A\":{{\"Type\":\"Parallel\",\"Branches\":[{string.Join(',', states.Select((state, i) => Scope($"I{i}", state)))}]{After(fields)}}}{B}", limits, more);

    /// <summary>
    /// Map A over <c>$.items</c> of the execution's input, whatever A's own input is, whose iterations are a state I0 with these fields.
    /// </summary>
    public static Given Map(string state, string fields = "", string more = "", Limits? limits = null) =>
        MapOf(state, "\"ItemsPath\":\"$$.Execution.Input.items\"" + (fields.Length == 0 ? "" : "," + fields), more, limits);

    /// <summary>Map A with these fields, whose iterations are a state I0.</summary>
    public static Given MapOf(string state, string fields = "", string more = "", Limits? limits = null) => Given.States(
        $"\"A\":{{\"Type\":\"Map\",\"ItemProcessor\":{Scope("I0", state)}{After(fields)}}}{B}", limits, more);

    /// <summary>Parallel with one branch or Map, as the name says: state A with one state I0 inside.</summary>
    public static Given Of(string type, string state, string fields = "", string more = "", Limits? limits = null) =>
        type == "Map" ? Map(state, fields, more, limits) : Parallel([state], fields, more, limits);

    /// <summary>A scope of one state.</summary>
    public static string Scope(string name, string state) => $"{{\"StartAt\":\"{name}\",\"States\":{{\"{name}\":{{{state}}}}}}}";

    private static string After(string fields) => $"{(fields.Length == 0 ? "" : "," + fields)},\"Next\":\"B\"";

    private const string B = ",\"B\":{\"Type\":\"Pass\",\"End\":true}";
}
