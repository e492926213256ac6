using System.Globalization;
using System.Text;
using System.Text.Json;
using Cluster.Asl.Interpreter;
using Cluster.Asl.Parsing;
using Cluster.Node.Executions.Encoding;
using Wire = Cluster.Node.Executions.Encoding.Wire;

namespace Cluster.Node.Tests.Golden;

/// <summary>A journal as a released version wrote it, with what it must fold to for ever.</summary>
/// <param name="Definition">The machine.</param>
/// <param name="Rows">The appends, in order, in base 64.</param>
/// <param name="Events">What they hold, a line for each event.</param>
/// <param name="State">How the execution stands at the end.</param>
public sealed record GoldenJournal(string Definition, IReadOnlyList<string> Rows, IReadOnlyList<string> Events, string State)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static GoldenJournal Read(string path) => JsonSerializer.Deserialize<GoldenJournal>(File.ReadAllText(path))!;

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>What this version reads in the rows of a journal.</summary>
    public static GoldenJournal Of(string definition, IReadOnlyList<string> rows)
    {
        var codec = new EventCodec(new IdentityPayloadCodec());
        var machine = DefinitionParser.Parse(Encoding.UTF8.GetBytes(definition)).Definition!;
        var execution = Execution.Empty(machine);
        var lines = new List<string>();
        foreach (var row in rows)
        {
            var bytes = Convert.FromBase64String(row);
            lines.AddRange(EventCodec.Read(bytes).Events.Select(e => Line(e, codec)));
            execution = codec.Fold(execution, bytes);
        }

        var state = string.Create(
            CultureInfo.InvariantCulture,
            $"{execution.State} {execution.LastHistoryId} {execution.StartedAt} {execution.StoppedAt} | {Shown(execution.Root!)}");
        return new GoldenJournal(definition, rows, lines, state);
    }

    /// <summary>A scope and all inside it.</summary>
    private static string Shown(Scope scope)
    {
        var own = string.Create(
            CultureInfo.InvariantCulture,
            $"{scope.Phase} {scope.State} visit {scope.Visit} attempt {scope.Attempt} retries {string.Join('/', scope.RetryCounters)} due {scope.Due} {scope.Data}");
        if (scope.Branches is not { } branches)
            return own;
        var text = new StringBuilder(own).Append(
            CultureInfo.InvariantCulture, $" | last {scope.LastId} marker {scope.MarkerId} started {branches.Started} ended {branches.Ended} of {branches.Length}");
        for (var output = branches.Outputs; output is not null; output = output.Older)
            text.Append(CultureInfo.InvariantCulture, $" | output {output.Index} {output.Output}");
        foreach (var lane in branches.Lanes)
        {
            text.Append(CultureInfo.InvariantCulture, $" | lane {lane.Index} {lane.LastId} ");
            if (lane.Scope is { } inside)
                text.Append(CultureInfo.InvariantCulture, $"[{inside.Path} item {inside.Item?.Index} last {inside.LastId} {Shown(inside)}]");
        }

        return text.ToString();
    }

    private static string Line(Wire.Event e, EventCodec codec)
    {
        var payload = e.Payload switch
        {
            null => "",
            { WhereCase: Wire.Payload.WhereOneofCase.Reference } p => $" as in {p.Reference}",
            var p => " " + Encoding.UTF8.GetString(codec.Text(p).Span),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{e.Id} {e.PreviousId} {e.At} {e.WhatCase}{payload}");
    }
}
