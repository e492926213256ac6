using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>All rules over a dump.</summary>
internal static class AllRules
{
    private static readonly IHistoryRule[] OfHistories =
    [
        new I02OneEnd(), new I03DenseIds(), new I04NothingAfterTheEnd(), new I05Chains(), new I06Walk(), new I07Exits(), new I08Attempts(),
        new I16Timers(), new I24Limits(), new I05To08Judge(),
    ];

    private static readonly IDumpRule[] OfDumps =
    [
        new I01Starts(), new I09Tokens(), new I12Writers(), new I13EpochsRise(), new I14Granted(), new I15OneHolder(), new I19ReadBack(),
        new I20ReadYourWrites(), new I22Names(),
    ];

    public static Report Check(Dump dump)
    {
        var breaches = new List<Breach>();
        foreach (var history in dump.Histories())
        {
            foreach (var rule in OfHistories)
                breaches.AddRange(rule.Judge(dump, history));
        }

        foreach (var rule in OfDumps)
            breaches.AddRange(rule.Judge(dump));
        return new Report(breaches, []);
    }
}
