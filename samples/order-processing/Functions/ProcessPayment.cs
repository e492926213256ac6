using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace OrderProcessing.Functions;

/// <summary>
/// Charges a card at a gateway that is away whenever an order is charged for the first time, so that one sees a Retry work. A card that
/// ends in 0002 is declined, as test cards of payment providers are.
/// </summary>
internal sealed class ProcessPayment
{
    private readonly ConcurrentDictionary<string, int> _tries = new(StringComparer.Ordinal);

    public JsonNode Run(JsonNode input)
    {
        var order = input["orderId"]!.ToString();
        if (_tries.AddOrUpdate(order, 1, static (_, tries) => tries + 1) == 1)
            throw new FunctionErrorException("PaymentGatewayUnavailable", "The payment gateway did not answer in time.");
        _tries.TryRemove(order, out _);
        var card = string.Concat(input["card"]!["number"]!.ToString().Where(char.IsAsciiDigit));
        if (!IsCardNumber(card))
            throw new FunctionErrorException("PaymentDeclined", "That is not the number of a card.");
        if (card.EndsWith("0002", StringComparison.Ordinal))
            throw new FunctionErrorException("PaymentDeclined", $"The bank declined the card ending in {card[^4..]}.");
        return new JsonObject
        {
            ["chargeId"] = $"ch_{order}",
            ["amount"] = input["amount"]!.DeepClone(),
            ["card"] = $"**** {card[^4..]}",
        };
    }

    /// <summary>The check digit of card numbers (Luhn).</summary>
    private static bool IsCardNumber(string digits)
    {
        const int Shortest = 12;
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            var counted = i % 2 == 0 ? digit : digit * 2;
            sum += counted > 9 ? counted - 9 : counted;
        }

        return digits.Length >= Shortest && sum % 10 == 0;
    }
}
