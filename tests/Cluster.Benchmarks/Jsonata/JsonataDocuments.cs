using System.Globalization;
using System.Text.Json.Nodes;

namespace Cluster.Benchmarks.Jsonata;

/// <summary>Documents to evaluate over.</summary>
internal static class JsonataDocuments
{
    private static readonly string[] Names = ["Ada Lovelace", "Grace Hopper", "Alan Turing", "Edsger Dijkstra", "Barbara Liskov", "Tony Hoare", "Frances Allen"];
    private static readonly string[] Cities = ["London", "New York", "Rotterdam", "Los Angeles", "Oxford"];
    private static readonly string[] States = ["paid", "open", "shipped", "returned"];
    private static readonly string[] Goods = ["Blue chair", "Oak table", "Reading lamp", "Bookcase", "Woollen blanket", "Clock"];

    /// <summary>Orders with items; about so many bytes of JSON.</summary>
    public static string Orders(int bytes)
    {
        var orders = new JsonArray();
        var document = new JsonObject { ["orders"] = orders };
        for (var i = 0; document.ToJsonString().Length < bytes; i++)
            orders.Add((JsonNode)Order(i));
        return document.ToJsonString();
    }

    /// <summary>The input of a state, of about 300 bytes.</summary>
    public static string StateInput() =>
        """
        {"order":{"id":"A-1042","total":149.5,"currency":"EUR","lines":[{"sku":"S-1","count":2},{"sku":"S-7","count":1}]},
        "customer":{"name":"Ada Lovelace","mail":"ada@example.com","city":"London","since":"2019-04-01"},
        "delivery":{"kind":"express","days":2,"address":"12 St James's Square"},"notes":["gift","fragile"]}
        """;

    private static JsonObject Order(int number)
    {
        var items = new JsonArray();
        for (var i = 0; i <= number % 3; i++)
        {
            var kind = (number + (5 * i)) % Goods.Length;
            items.Add((JsonNode)new JsonObject
            {
                ["sku"] = string.Create(CultureInfo.InvariantCulture, $"S-{(number * 7) + i}"),
                ["name"] = Goods[kind],
                ["price"] = (((number * 37) + (i * 11)) % 1000 / 10.0) + 1,
                ["count"] = 1 + ((number + i) % 4),
                ["tags"] = new JsonArray("new", kind % 2 == 0 ? "home" : "office"),
            });
        }

        return new JsonObject
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"A-{(number * 7919) % 10_000:D4}"),
            ["status"] = States[number % States.Length],
            ["placed"] = string.Create(CultureInfo.InvariantCulture, $"2026-{1 + (number % 12):D2}-{1 + (number * 5 % 28):D2}T10:00:00Z"),
            ["customer"] = new JsonObject { ["name"] = Names[number % Names.Length], ["city"] = Cities[number % Cities.Length] },
            ["items"] = items,
        };
    }
}
