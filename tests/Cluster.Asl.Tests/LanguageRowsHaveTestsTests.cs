using System.Reflection;
using Xunit;

namespace Cluster.Asl.Tests;

/// <summary>
/// The reference of the language is a table of rows, and a test of a row begins with the row's name. Each row that machines of JSONPath need
/// has at least one, so that none loses its last test unseen. Rows of JSONata, of variables, of Distributed Map and of TestState are not here.
/// </summary>
public sealed class LanguageRowsHaveTestsTests
{
    public static TheoryData<string> Rows =>
    [
        "A1", "A2", "A3", "A4", "A5", "A6", "A7",
        "A10", "A11", "A12", "A14", "A15", "A16", "A17", "A18", "A25",
        "A30", "A31", "A32", "A33", "A34", "A35", "A36", "A37", "A38", "A39",
        "A60", "A61", "A62", "A63", "A64", "A65", "A66",
        "A70", "A71", "A72", "A73", "A74", "A75", "A76", "A77", "A78", "A79", "A80", "A81", "A82",
        "A90",
        "A100", "A101", "A102", "A103", "A104", "A105", "A106", "A107", "A108", "A109",
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_has_a_test_that_begins_with_its_name(string row) => Assert.True(HasTest(row), $"No test begins with {row}_.");

    [Fact]
    public void A_row_without_a_test_is_found()
    {
        Assert.False(HasTest("A0"));
        Assert.False(HasTest("A1000"));
    }

    private static bool HasTest(string row) =>
        Assembly.GetExecutingAssembly().GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Any(method => method.Name.StartsWith(row + "_", StringComparison.Ordinal) && method.GetCustomAttribute<FactAttribute>() is { Skip: null });
}
