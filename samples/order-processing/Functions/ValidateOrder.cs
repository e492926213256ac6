using System.Text.Json.Nodes;

namespace OrderProcessing.Functions;

/// <summary>Refuses orders that cannot be meant, and adds a price to each item and the total.</summary>
internal static class ValidateOrder
{
    private const int MostItems = 50;
    private const int MostOfOne = 100;

    public static JsonNode Run(JsonNode input)
    {
        if (input is not JsonObject order)
            throw Invalid("an order is an object");
        if (order["orderId"] is not JsonValue)
            throw Invalid("it has no orderId");
        if (order["customer"]?["email"]?.ToString().Contains('@', StringComparison.Ordinal) is not true)
            throw Invalid("the customer has no e-mail address");
        if (order["items"] is not JsonArray { Count: > 0 and <= MostItems } items)
            throw Invalid($"it needs 1 to {MostItems} items");
        var total = 0;
        foreach (var item in items)
        {
            if (!Catalog.Articles.TryGetValue(item?["sku"]?.ToString() ?? "", out var article))
                throw Invalid($"there is no article '{item?["sku"]}'");
            if (item!["quantity"] is not JsonValue number || !number.TryGetValue<int>(out var quantity) || quantity is < 1 or > MostOfOne)
                throw Invalid($"of '{item["sku"]}' 1 to {MostOfOne} can be ordered");
            item["price"] = article.Cents / 100m;
            total += article.Cents * quantity;
        }

        order["total"] = total / 100m;
        return order;
    }

    private static FunctionErrorException Invalid(string why) => new("InvalidOrder", $"The order is not valid: {why}.");
}
