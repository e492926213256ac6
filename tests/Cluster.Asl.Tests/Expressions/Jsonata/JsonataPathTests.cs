using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Jsonata;

/// <summary>Paths: steps, predicates, orders, groups, bindings and parents.</summary>
public sealed class JsonataPathTests
{
    private static readonly JsonValue Document = JsonValue.Parse(
        """
        {
          "shop": {"name": "Corner", "orders": [
            {"id": "o1", "day": 3, "lines": [{"sku": "tea", "n": 2, "price": 4.5}, {"sku": "cup", "n": 1, "price": 7}]},
            {"id": "o2", "day": 1, "lines": [{"sku": "tea", "n": 1, "price": 4.5}]},
            {"id": "o3", "day": 2, "lines": []}
          ]},
          "users": [{"id": 1, "name": "Ann"}, {"id": 2, "name": "Bob"}],
          "rights": [{"user": 2, "may": "read"}, {"user": 1, "may": "write"}, {"user": 2, "may": "write"}],
          "grid": [[1, 2], [3, 4]],
          "one": [{"x": 1}],
          "none": [],
          "nil": null
        }
        """);

    [Theory]
    [InlineData("shop.orders.id", "[\"o1\",\"o2\",\"o3\"]")]
    [InlineData("shop.orders.lines.sku", "[\"tea\",\"cup\",\"tea\"]")]
    [InlineData("one.x", "1")]
    [InlineData("one.x[]", "[1]")]
    [InlineData("one", "[{\"x\":1}]")]
    [InlineData("none", "[]")]
    [InlineData("none.x", "undefined")]
    [InlineData("nil", "null")]
    [InlineData("nil.x", "undefined")]
    [InlineData("missing", "undefined")]
    [InlineData("missing[]", "undefined")]
    [InlineData("shop.'name'", "\"Corner\"")]
    [InlineData("shop.`name`", "\"Corner\"")]
    [InlineData("grid.$", "[1,2,3,4]")]
    [InlineData("grid[0]", "[1,2]")]
    [InlineData("grid[0][1]", "2")]
    [InlineData("grid.$[0]", "[1,3]")]
    [InlineData("$.users[0].name", "\"Ann\"")]
    [InlineData("users.name[0]", "[\"Ann\",\"Bob\"]")]
    [InlineData("(users.name)[0]", "\"Ann\"")]
    [InlineData("users[id = 2].name", "\"Bob\"")]
    [InlineData("users[-1].name", "\"Bob\"")]
    [InlineData("users[[0..1]].id", "[1,2]")]
    [InlineData("users[5]", "undefined")]
    [InlineData("shop.orders[lines].id", "[\"o1\",\"o2\"]")]
    [InlineData("shop.orders[day > 1][0].id", "\"o1\"")]
    [InlineData("shop.orders.lines.note[0]", "undefined")]
    [InlineData("users.age[$not($ = 5)]", "[null,null]")]
    [InlineData("$count(users.age[$not($ = 5)])", "2")]
    [InlineData("users.*", "[1,\"Ann\",2,\"Bob\"]")]
    [InlineData("shop.*[0].id", "undefined")]
    [InlineData("**.sku", "[\"tea\",\"cup\",\"tea\"]")]
    [InlineData("shop.orders.(day * 2)", "[6,2,4]")]
    [InlineData("shop.orders.[id, day]", "[[\"o1\",3],[\"o2\",1],[\"o3\",2]]")]
    [InlineData("shop.orders.{id: day}", "[{\"o1\":3},{\"o2\":1},{\"o3\":2}]")]
    [InlineData("shop.orders{id: day}", "{\"o1\":3,\"o2\":1,\"o3\":2}")]
    [InlineData("shop.orders.lines{sku: $sum(n)}", "{\"tea\":3,\"cup\":1}")]
    [InlineData("users{\"all\": name}", "{\"all\":[\"Ann\",\"Bob\"]}")]
    [InlineData("missing{\"a\": 1}", "{\"a\":1}")]
    public void Paths_go_through_arrays_and_single_results_are_no_arrays(string expression, string answer) => Assert.Equal(answer, Answer.Of(expression, Document));

    [Theory]
    [InlineData("shop.orders^(day).id", "[\"o2\",\"o3\",\"o1\"]")]
    [InlineData("shop.orders^(>day).id", "[\"o1\",\"o3\",\"o2\"]")]
    [InlineData("shop.orders.lines^(price, >n).n", "[2,1,1]")]
    [InlineData("users^(missing).name", "[\"Ann\",\"Bob\"]")]
    [InlineData("users^(>name)[0].id", "2")]
    [InlineData("[3, 1, 2]^($)", "[1,2,3]")]
    [InlineData("[\"b\", \"a\"]^(<$)", "[\"a\",\"b\"]")]
    public void Orders_sort_by_terms_and_leave_undefined_for_last(string expression, string answer) => Assert.Equal(answer, Answer.Of(expression, Document));

    [Theory]
    [InlineData("users@$u.{\"n\": $u.name}", "[{\"n\":\"Ann\"},{\"n\":\"Bob\"}]")]
    [InlineData(
        "users@$u.rights@$r[$r.user = $u.id].{\"who\": $u.name, \"may\": $r.may}",
        "[{\"who\":\"Ann\",\"may\":\"write\"},{\"who\":\"Bob\",\"may\":\"read\"},{\"who\":\"Bob\",\"may\":\"write\"}]")]
    [InlineData("users#$i.{\"i\": $i, \"n\": name}", "[{\"i\":0,\"n\":\"Ann\"},{\"i\":1,\"n\":\"Bob\"}]")]
    [InlineData("users#$i[$i = 1].name", "\"Bob\"")]
    [InlineData("shop.orders#$o.lines#$l.($o & \".\" & $l)", "[\"0.0\",\"0.1\",\"1.0\"]")]
    [InlineData("shop.orders@$o.lines.{\"o\": $o.id, \"s\": sku}", "undefined")]
    [InlineData("users@$u.rights@$r[$u.id = $r.user]{$u.name: $r.may}", "{\"Ann\":\"write\",\"Bob\":[\"read\",\"write\"]}")]
    [InlineData("shop.orders@$o^($o.day).lines.sku", "undefined")]
    public void Variables_of_a_path_bind_items_and_indices(string expression, string answer) => Assert.Equal(answer, Answer.Of(expression, Document));

    [Theory]
    [InlineData(
        "shop.orders.lines.{\"sku\": sku, \"order\": %.id}",
        "[{\"sku\":\"tea\",\"order\":\"o1\"},{\"sku\":\"cup\",\"order\":\"o1\"},{\"sku\":\"tea\",\"order\":\"o2\"}]")]
    [InlineData("shop.orders.lines.sku.%.%.id", "[\"o1\",\"o1\",\"o2\"]")]
    [InlineData("shop.orders.lines[%.day = 3].sku", "[\"tea\",\"cup\"]")]
    [InlineData(
        "shop.(orders.lines).{\"s\": sku, \"o\": %.id}",
        "[{\"s\":\"tea\",\"o\":\"o1\"},{\"s\":\"cup\",\"o\":\"o1\"},{\"s\":\"tea\",\"o\":\"o2\"}]")]
    [InlineData("(shop.orders.lines)[%.id = \"o2\"].sku", "\"tea\"")]
    [InlineData("shop.orders.lines.%.%.name", "[\"Corner\",\"Corner\",\"Corner\"]")]
    [InlineData("shop.orders.lines^(%.day, sku).(%.id & sku)", "S0217")]
    public void Parents_are_the_items_that_steps_began_with(string expression, string answer) => Assert.Equal(answer, Answer.Of(expression, Document));
}
