namespace Cluster.Asl.Expressions.Jsonata.Syntax;

/// <summary>
/// A Pratt parser: each operator binds its operands with its own power, and what an operator means depends on whether an operand goes
/// before it. Nesting is counted, so that no text overflows the stack.
/// </summary>
internal sealed partial class Parser
{
    private const int AssignmentPower = 10;

    private readonly Lexer _lexer;
    private Token _token;
    private int _depth;

    private Parser(string source) => _lexer = new Lexer(source);

    /// <summary>Parses a whole expression.</summary>
    /// <exception cref="JsonataException">The text is no expression.</exception>
    public static SyntaxNode Parse(string source)
    {
        if (source.Length > JsonataLimits.MaxExpressionLength)
            throw JsonataErrors.Limit(JsonataLimits.MemorySentence);
        var parser = new Parser(source);
        parser.Advance(afterOperand: false);
        var expression = parser.Expression(0);
        if (parser._token.Kind != TokenKind.End)
            throw JsonataErrors.Of("S0201", parser._token.Position, parser._token.Shown);
        return expression;
    }

    /// <summary>How strongly a token binds what stands before it; 0 for what cannot follow an operand.</summary>
    private static int Power(in Token token) => token.Kind != TokenKind.Operator ? 0 : token.Text switch
    {
        "(" or "[" or "@" or "#" => 80,
        "." => 75,
        "{" => 70,
        "*" or "/" or "%" => 60,
        "+" or "-" or "&" => 50,
        "=" or "!=" or "<" or "<=" or ">" or ">=" or "^" or "~>" or "in" or "?:" or "??" => 40,
        "and" => 30,
        "or" => 25,
        "?" => 20,
        ":=" => AssignmentPower,
        _ => 0,
    };

    /// <summary>Whether an operator may stand anywhere at all; the lexer also gives <c>!</c> and <c>~</c>, which may not.</summary>
    private static bool IsKnown(in Token token) => token.Kind != TokenKind.Operator || token.Text is not ("!" or "~");

    private SyntaxNode Expression(int power)
    {
        if (++_depth > JsonataLimits.MaxExpressionDepth)
            throw TooDeep();
        var token = _token;
        Advance(afterOperand: true);
        var left = Prefix(token);
        while (power < Power(_token))
        {
            token = _token;
            Advance(afterOperand: false);
            left = Infix(token, left);
        }

        _depth--;
        return left;
    }

    /// <summary>An expression that nests too deep is told the same as one that runs too deep.</summary>
    internal static JsonataException TooDeep() => JsonataErrors.Limit(JsonataLimits.DepthSentence, JsonataLimits.RunawayCode);

    private void Advance(bool afterOperand)
    {
        _token = _lexer.Next(afterOperand);
        if (!IsKnown(_token))
            throw JsonataErrors.Of("S0204", _token.Position, _token.Text);
    }

    /// <summary>Goes past a symbol that must be here.</summary>
    private void Expect(string symbol, bool afterOperand = false)
    {
        if (!_token.Is(symbol))
        {
            var code = _token.Kind == TokenKind.End ? "S0203" : "S0202";
            throw JsonataErrors.OfText(code, symbol, _token.Position, _token.Shown);
        }

        Advance(afterOperand);
    }

    /// <summary>Expressions between a symbol and the closing one, separated by another.</summary>
    private List<SyntaxNode> List(string separator, string close, Func<SyntaxNode> item)
    {
        var items = new List<SyntaxNode>();
        if (!_token.Is(close))
        {
            items.Add(item());
            while (_token.Is(separator))
            {
                Advance(afterOperand: false);
                items.Add(item());
            }
        }

        Expect(close, afterOperand: true);
        return items;
    }

    private SyntaxNode Prefix(in Token token) => token.Kind switch
    {
        TokenKind.Name => new SyntaxNode(SyntaxKind.Name, token.Position) { Text = token.Text },
        TokenKind.Variable => new SyntaxNode(SyntaxKind.Variable, token.Position) { Text = token.Text },
        TokenKind.String => Literal(SyntaxKind.String, token),
        TokenKind.Number => Literal(SyntaxKind.Number, token),
        TokenKind.Literal => Literal(SyntaxKind.Literal, token),
        TokenKind.End => new SyntaxNode(SyntaxKind.End, token.Position) { Text = token.Text },
        TokenKind.Regex => new SyntaxNode(SyntaxKind.Regex, token.Position) { Text = token.Text, Flags = token.Flags },
        _ => Prefix(token.Text, token.Position),
    };

    private static SyntaxNode Literal(SyntaxKind kind, in Token token) =>
        new(kind, token.Position) { Text = token.Text, Value = token.Value };

    private SyntaxNode Prefix(string symbol, int position)
    {
        const int NegationPower = 70;
        switch (symbol)
        {
            case "and" or "or" or "in":
                return new SyntaxNode(SyntaxKind.Operator, position) { Text = symbol };
            case "-":
                return new SyntaxNode(SyntaxKind.Negation, position) { Text = symbol, Left = Expression(NegationPower) };
            case "*":
                return new SyntaxNode(SyntaxKind.Wildcard, position);
            case "**":
                return new SyntaxNode(SyntaxKind.Descendant, position);
            case "%":
                return new SyntaxNode(SyntaxKind.Parent, position);
            case "(":
                return new SyntaxNode(SyntaxKind.Block, position) { Items = Statements() };
            case "[":
                return new SyntaxNode(SyntaxKind.Array, position) { Text = symbol, Items = List(",", "]", ArrayItem) };
            case "{":
                return new SyntaxNode(SyntaxKind.Object, position) { Pairs = ObjectPairs() };
            case "|":
                return Transform(position);
            default:
                throw JsonataErrors.Of("S0211", position, symbol);
        }
    }

    private List<SyntaxNode> Statements()
    {
        var statements = new List<SyntaxNode>();
        while (!_token.Is(")"))
        {
            statements.Add(Expression(0));
            if (!_token.Is(";"))
                break;
            Advance(afterOperand: false);
        }

        Expect(")", afterOperand: true);
        return statements;
    }

    private SyntaxNode ArrayItem()
    {
        var item = Expression(0);
        if (!_token.Is(".."))
            return item;
        var position = _token.Position;
        Advance(afterOperand: false);
        return new SyntaxNode(SyntaxKind.Binary, position) { Text = "..", Left = item, Right = Expression(0) };
    }

    private List<SyntaxPair> ObjectPairs()
    {
        var pairs = new List<SyntaxPair>();
        if (!_token.Is("}"))
        {
            while (true)
            {
                var key = Expression(0);
                Expect(":");
                pairs.Add(new SyntaxPair(key, Expression(0)));
                if (!_token.Is(","))
                    break;
                Advance(afterOperand: false);
            }
        }

        Expect("}", afterOperand: true);
        return pairs;
    }

    private SyntaxNode Transform(int position)
    {
        var node = new SyntaxNode(SyntaxKind.Transform, position) { Left = Expression(0) };
        Expect("|");
        node.Right = Expression(0);
        if (_token.Is(","))
        {
            Advance(afterOperand: false);
            node.Third = Expression(0);
        }

        Expect("|");
        return node;
    }
}
