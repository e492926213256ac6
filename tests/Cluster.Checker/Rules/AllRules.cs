using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>All rules over a dump.</summary>
internal static class AllRules
{
    public static Report Check(Dump dump)
    {
        Rule[] rules =
        [
            new I01Starts(), new I02OneEnd(), new I03DenseIds(), new I04NothingAfterTheEnd(), new I05Chains(), new I05To08Judge(), new I06Walk(),
            new I06Shapes(), new I06Payloads(), new I06Failures(), new I07Exits(), new I08Attempts(), new I09Tokens(), new I11Effects(), new I12Writers(), new I13EpochsRise(), new I14Granted(),
            new I15OneHolder(), new I16Timers(), new I19ReadBack(), new I20ReadYourWrites(), new I22Names(), new I24Limits(), new I25Pending(), new I26Children(),
        ];
        foreach (var rule in rules)
            rule.Begin(dump);
        foreach (var history in dump.Histories())
        {
            foreach (var rule in rules)
                rule.Open(history);
            var positions = new Positions(dump.OutlineOf(history));
            foreach (var e in history.All)
            {
                foreach (var rule in rules)
                    rule.Take(history, e, positions);
                positions.Follow(e);
            }

            foreach (var rule in rules)
                rule.Close(history, positions);
        }

        foreach (var rule in rules)
            rule.End();
        return new Report([.. rules.SelectMany(rule => rule.Breaches)], [.. rules.Select(rule => rule.Count)]);
    }
}
