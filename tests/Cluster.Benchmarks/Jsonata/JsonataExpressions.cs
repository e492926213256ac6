namespace Cluster.Benchmarks.Jsonata;

/// <summary>What is evaluated over the orders.</summary>
internal static class JsonataExpressions
{
    /// <summary>A name for each, and the expression.</summary>
    public static readonly (string Name, string Text)[] All =
    [
        ("path", "orders.customer.name"),
        ("path through arrays", "orders.items.price"),
        ("map to objects", """orders.{"id": id, "total": $sum(items.(price * count))}"""),
        ("map with a function", """$map(orders, function($o) { $o.id & ":" & $o.status })"""),
        ("filter", """orders[status = "paid"].id"""),
        ("filter inside", "orders.items[price > 10 and count >= 2].sku"),
        ("filter with a function", "$filter(orders, function($o) { $count($o.items) > 2 }).id"),
        ("reduce", "$reduce(orders.items.price, function($a, $b) { $a + $b }, 0)"),
        ("sum of products", "$sum(orders.items.(price * count))"),
        ("group", "orders{status: $sum(items.price)}"),
        ("group by inner field", "orders{customer.city: $count(id)}"),
        ("order by two terms", "orders^(>placed, customer.name).id"),
        ("sort with a function", "$sort(orders, function($a, $b) { $a.id > $b.id }).id"),
        ("strings", """orders.($uppercase(customer.name) & " " & $substring(placed, 0, 10))"""),
        ("split and join", """$join(orders.customer.($split(name, " ")[0]), ",")"""),
        ("replace by pattern", """orders.items.$replace(name, /[aeiou]+/, "-")"""),
        ("round numbers", "orders.items.$round(price * 1.19, 2)"),
        ("format numbers", """orders.$formatNumber($sum(items.price), "#,##0.00")"""),
        ("transform", """$ ~> |orders.items|{"gross": price * 1.19}, "tags"|"""),
        ("summary", """{"open": $count(orders[status != "paid"]), "top": $max(orders.items.price), "cities": $distinct(orders.customer.city)}"""),
    ];

    /// <summary>What would take for ever, or all memory, and is told so: by the number of steps, twice by memory, by depth.</summary>
    public static readonly (string Name, string Text)[] Bombs =
    [
        ("endless", "($f := function() { $f() }; $f())"),
        ("cube", "([1..1000]).([1..1000]).([1..1000])"),
        ("appended", "$reduce([1..800000], function($a, $b) { $append($a, $b) })"),
        ("deep", "($f := function() { $f() + 1 }; $f())"),
    ];

    /// <summary>A typical <c>Output</c> of a state.</summary>
    public const string Output =
        """{"orderId": $states.input.order.id, "total": $states.input.order.total * 1.19, "customer": $states.input.customer.name, "isLarge": $states.input.order.total > 100}""";
}
