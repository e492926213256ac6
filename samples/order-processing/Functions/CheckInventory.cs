using System.Text.Json.Nodes;

namespace OrderProcessing.Functions;

/// <summary>Says whether every item lies on the shelf, and which do not.</summary>
internal static class CheckInventory
{
    public static JsonNode Run(JsonNode items)
    {
        var missing = new JsonArray();
        foreach (var item in items.AsArray())
        {
            var sku = item!["sku"]!.ToString();
            var onShelf = Catalog.Articles.TryGetValue(sku, out var article) ? article.OnShelf : 0;
            if (onShelf < item["quantity"]!.GetValue<int>())
                missing.Add(new JsonObject { ["sku"] = sku, ["onShelf"] = onShelf });
        }

        return new JsonObject { ["available"] = missing.Count == 0, ["missing"] = missing };
    }
}
