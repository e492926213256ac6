namespace OrderProcessing.Functions;

/// <summary>What the shop sells: prices in cents, and how many lie on the shelf.</summary>
internal static class Catalog
{
    public static readonly IReadOnlyDictionary<string, (int Cents, int OnShelf)> Articles = new Dictionary<string, (int, int)>(StringComparer.Ordinal)
    {
        ["espresso-beans-1kg"] = (2490, 120),
        ["milk-jug"] = (1750, 14),
        ["hand-grinder"] = (8900, 5),
        ["espresso-machine"] = (64900, 0),
    };
}
