using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Syntax;

/// <content>What an operator means behind an operand.</content>
internal sealed partial class Parser
{
    private SyntaxNode Infix(in Token token, SyntaxNode left)
    {
        var position = token.Position;
        switch (token.Text)
        {
            case "(":
                return Call(position, left);
            case "[":
                return Predicate(position, left);
            case "{":
                return new SyntaxNode(SyntaxKind.Binary, position) { Text = "{", Left = left, Pairs = ObjectPairs() };
            case "^":
                return OrderBy(position, left);
            case "@" or "#":
                return Binding(token, left);
            case ":=":
                if (left.Kind != SyntaxKind.Variable)
                    throw JsonataErrors.Of("S0212", left.Position, left.Text);
                return Binary(token, left, Expression(AssignmentPower - 1));
            case "?":
                return Condition(position, left);
            case "?:":
                return new SyntaxNode(SyntaxKind.Default, position) { Left = left, Right = Expression(0) };
            case "??":
                return new SyntaxNode(SyntaxKind.Coalesce, position) { Left = left, Right = Expression(0) };
            default:
                return Binary(token, left, Expression(Power(token)));
        }
    }

    private static SyntaxNode Binary(in Token token, SyntaxNode left, SyntaxNode right) =>
        new(SyntaxKind.Binary, token.Position) { Text = token.Text, Left = left, Right = right };

    private SyntaxNode Call(int position, SyntaxNode procedure)
    {
        var isPartial = false;
        var arguments = List(",", ")", () =>
        {
            if (!_token.Is("?"))
                return Expression(0);
            isPartial = true;
            var place = new SyntaxNode(SyntaxKind.Operator, _token.Position) { Text = "?" };
            Advance(afterOperand: true);
            return place;
        });
        if (procedure.Kind == SyntaxKind.Name && procedure.Text is "function" or "\u03BB")
            return Lambda(position, arguments);
        return new SyntaxNode(isPartial ? SyntaxKind.Partial : SyntaxKind.Function, position)
        {
            Text = "(",
            Left = procedure,
            Items = arguments,
        };
    }

    private SyntaxNode Lambda(int position, List<SyntaxNode> parameters)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            var parameter = parameters[i];
            if (parameter.Kind != SyntaxKind.Variable)
                throw JsonataErrors.Of("S0208", parameter.Position, parameter.Text, JsonNumber.Of(i + 1));
        }

        var signature = _token.Is("<") ? ReadSignature() : null;
        Expect("{");
        var body = Expression(0);
        Expect("}");
        return new SyntaxNode(SyntaxKind.Lambda, position) { Items = parameters, Signature = signature, Right = body };
    }

    private Signature ReadSignature()
    {
        var position = _token.Position;
        var text = new System.Text.StringBuilder("<");
        for (var depth = 1; depth > 0 && !_token.Is("{") && _token.Kind != TokenKind.End;)
        {
            Advance(afterOperand: false);
            depth += _token.Is("<") ? 1 : _token.Is(">") ? -1 : 0;
            text.Append(_token.Shown);
        }

        Expect(">");
        return Signature.Parse(text.ToString(), position);
    }

    /// <summary>A predicate; empty brackets ask the step at the beginning of a row of predicates to keep its array.</summary>
    private SyntaxNode Predicate(int position, SyntaxNode left)
    {
        if (!_token.Is("]"))
        {
            var predicate = new SyntaxNode(SyntaxKind.Binary, position) { Text = "[", Left = left, Right = Expression(0) };
            Expect("]", afterOperand: true);
            return predicate;
        }

        var step = left;
        while (step is { Kind: SyntaxKind.Binary, Text: "[" })
            step = step.Left!;
        step.KeepArray = true;

        // The reference takes a slash behind empty brackets for a regular expression.
        Advance(afterOperand: false);
        return left;
    }

    private SyntaxNode OrderBy(int position, SyntaxNode left)
    {
        Expect("(");
        var terms = new List<SyntaxTerm>();
        while (true)
        {
            var descending = _token.Is(">");
            if (descending || _token.Is("<"))
                Advance(afterOperand: false);
            terms.Add(new SyntaxTerm(Expression(0), descending));
            if (!_token.Is(","))
                break;
            Advance(afterOperand: false);
        }

        Expect(")");
        return new SyntaxNode(SyntaxKind.Binary, position) { Text = "^", Left = left, Terms = terms };
    }

    private SyntaxNode Binding(in Token token, SyntaxNode left)
    {
        var variable = Expression(Power(token));
        if (variable.Kind != SyntaxKind.Variable)
            throw JsonataErrors.Of("S0214", variable.Position, token.Text);
        return Binary(token, left, variable);
    }

    private SyntaxNode Condition(int position, SyntaxNode left)
    {
        var node = new SyntaxNode(SyntaxKind.Condition, position) { Left = left, Right = Expression(0) };
        if (_token.Is(":"))
        {
            Advance(afterOperand: false);
            node.Third = Expression(0);
        }

        return node;
    }
}
