using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cluster.Benchmarks.Figures;

/// <summary>One figure: a line of JSON with what was measured, under which settings, and what it has to reach.</summary>
internal sealed class Figure
{
    private static readonly JsonSerializerOptions OneLine = new() { WriteIndented = false };

    private readonly JsonObject _line = [];

    /// <summary>A figure of a name.</summary>
    public Figure(string name) => _line["figure"] = name;

    /// <summary>Whether every goal that was told was reached.</summary>
    public bool Reached { get; private set; } = true;

    /// <summary>A number, cut to what it is good for.</summary>
    public Figure With(string name, double value)
    {
        _line[name] = double.IsFinite(value) ? Math.Round(value, value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 4) : null;
        return this;
    }

    /// <summary>A setting, or a remark.</summary>
    public Figure With(string name, string text)
    {
        _line[name] = text;
        return this;
    }

    /// <summary>A number that has to be at least so much.</summary>
    public Figure AtLeast(string name, double value, double goal) => Judged(name, value, "at_least", goal, value >= goal);

    /// <summary>A number that may be at most so much.</summary>
    public Figure AtMost(string name, double value, double goal) => Judged(name, value, "at_most", goal, value <= goal);

    /// <summary>It could not be measured.</summary>
    public Figure Failed()
    {
        Reached = false;
        return this;
    }

    /// <summary>Prints the line.</summary>
    /// <returns>Whether every goal was reached.</returns>
    public bool Print()
    {
        _line["reached"] = Reached;
        Console.WriteLine(_line.ToJsonString(OneLine));
        return Reached;
    }

    private Figure Judged(string name, double value, string rule, double goal, bool reached)
    {
        Reached &= reached;
        With(name, value);
        return With($"{name}_{rule}", goal);
    }
}
