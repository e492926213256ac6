namespace OrderProcessing.Demo;

/// <summary>Colours of words: only on a terminal, and not when <c>NO_COLOR</c> is set.</summary>
internal enum Ink
{
    Plain = 0,
    Faint = 2,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Cyan = 36,
}

/// <summary>Where the demo writes.</summary>
internal sealed class Screen(TextWriter output)
{
    private const int WidthOfFiles = 140;
    private const int Narrowest = 80;

    private readonly bool _isTerminal = !Console.IsOutputRedirected;
    private readonly bool _hasColours = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 };

    /// <summary>How many characters a line may have.</summary>
    public int Width => _isTerminal ? Math.Max(Narrowest, Console.WindowWidth) : WidthOfFiles;

    public void Line(string text = "") => output.WriteLine(text);

    public void Heading(string title, string about, bool good)
    {
        Line();
        Line($"{Coloured(title, good ? Ink.Green : Ink.Red)}  {Coloured(about, Ink.Faint)}");
    }

    public string Coloured(string text, Ink ink) => _hasColours && ink is not Ink.Plain ? $"\u001b[{(int)ink}m{text}\u001b[0m" : text;
}
