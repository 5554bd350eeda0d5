namespace CudaArch.Ptx;

/// <summary>
/// Reads PTX text statement by statement, keeping track of the function it is in. Text that breaks the rules is read as far as it makes sense; every token is looked at once.
/// </summary>
public ref struct PtxReader
{
    private readonly ReadOnlySpan<char> _text;
    private PtxLexer _lexer;
    private PtxToken _ahead;
    private bool _hasAhead;
    private int _depth;

    /// <summary>Starts at the beginning of a text: a module, or instructions without a header.</summary>
    public PtxReader(ReadOnlySpan<char> text)
    {
        _text = text;
        _lexer = new PtxLexer(text);
        Statement = new PtxStatement();
    }

    /// <summary>The statement that <see cref="Read"/> found last.</summary>
    public PtxStatement Statement { get; }

    /// <summary>The name of the function whose header or body the statement is in; empty outside functions.</summary>
    public PtxSpan Function { get; private set; }

    /// <summary>Whether <see cref="Function"/> is a kernel (<c>.entry</c>).</summary>
    public bool IsKernel { get; private set; }

    /// <summary>Whether the statement is in a function's body, behind its opening brace.</summary>
    public readonly bool IsInBody => _depth > 0;

    /// <summary>Reads the next instruction or directive.</summary>
    /// <returns>False at the end of the text.</returns>
    public bool Read()
    {
        while (Next(out PtxToken token))
        {
            switch (token.Kind)
            {
                case PtxTokenKind.Symbol:
                    ReadSymbol(_text[token.Span.Start]);
                    break;
                case PtxTokenKind.Word when NextIs(':'):
                    Next(out _);
                    break;
                case PtxTokenKind.Word:
                    Statement.Begin(token);
                    ReadModifiers();
                    ReadOperands();
                    return true;
                case PtxTokenKind.Modifier:
                    Statement.Begin(token);
                    ReadDirective();
                    return true;
            }
        }

        return false;
    }

    private void ReadSymbol(char symbol)
    {
        switch (symbol)
        {
            case '{':
                _depth++;
                break;
            case '}' when _depth > 0:
                if (--_depth == 0)
                {
                    Function = default;
                    IsKernel = false;
                }

                break;
            case ';' when _depth == 0:
                Function = default;
                IsKernel = false;
                break;
            case '@':
                SkipGuard();
                break;
        }
    }

    // "@p", "@!p", "@%p": the predicate is no instruction.
    private void SkipGuard()
    {
        if (NextIs('!'))
        {
            Next(out _);
        }

        if (Peek(out PtxToken predicate) && predicate.Kind == PtxTokenKind.Word)
        {
            Next(out _);
        }
    }

    private void ReadModifiers()
    {
        while (Peek(out PtxToken token) && token.Kind == PtxTokenKind.Modifier)
        {
            Statement.AddPart(token);
            Next(out _);
        }
    }

    private void ReadDirective()
    {
        PtxSpan first = Statement.Parts[0];
        switch (_text.Slice(first.Start, first.Length).ToString())
        {
            case "entry" or "func":
                IsKernel = first.Length == 5;
                ReadFunctionName();
                break;
            case "version" or "address_size":
                ReadNumber();
                break;
            case "target":
                ReadTargets();
                break;
            case "loc" or "file":
                ReadDebugLine();
                break;
            case "reg" or "shared" or "param" or "global" or "const" or "local" or "sreg" or "tex":
                new PtxDeclaration(_text).Read(ref this);
                break;
            case "visible" or "extern" or "weak" or "common" or "section":
                break;
            default:
                ReadOperands();
                break;
        }
    }

    // ".func (.param .b32 result) name": results stand before the name.
    private void ReadFunctionName()
    {
        Function = default;
        int nesting = 0;
        while (Peek(out PtxToken token))
        {
            if (token.Kind == PtxTokenKind.Word && nesting == 0)
            {
                Function = token.Span;
                Statement.AddOperand(new PtxOperand(PtxOperandShape.Name, token.Span, 1));
                Next(out _);
                return;
            }

            char symbol = token.Kind == PtxTokenKind.Symbol ? _text[token.Span.Start] : ' ';
            nesting += symbol == '(' ? 1 : symbol == ')' ? -1 : 0;
            if (symbol is '{' or '}' or ';' || nesting < 0 || (nesting == 0 && symbol != ')'))
            {
                return;
            }

            Next(out _);
        }
    }

    private void ReadNumber()
    {
        if (Peek(out PtxToken token) && token.Kind is PtxTokenKind.Number or PtxTokenKind.Word)
        {
            Statement.AddOperand(new PtxOperand(PtxOperandShape.Immediate, token.Span, 1));
            Next(out _);
        }
    }

    // The list has no terminator: a name, then further names behind commas.
    private void ReadTargets()
    {
        while (Peek(out PtxToken token) && token.Kind is PtxTokenKind.Word or PtxTokenKind.Number)
        {
            Statement.AddOperand(new PtxOperand(PtxOperandShape.Name, token.Span, 1));
            Next(out _);
            if (!NextIs(','))
            {
                return;
            }

            Next(out _);
        }
    }

    // ".loc 1 25 7, function_name $L__info, inlined_at 1 30 5" and ".file 1 "a.cu", 0, 0" end without a semicolon.
    private void ReadDebugLine()
    {
        while (Peek(out PtxToken token))
        {
            if (token.Kind is PtxTokenKind.Number or PtxTokenKind.String)
            {
                Next(out _);
            }
            else if (token.Kind == PtxTokenKind.Symbol && _text[token.Span.Start] is ',' or '+')
            {
                Next(out _);
                while (Peek(out PtxToken word) && word.Kind == PtxTokenKind.Word)
                {
                    Next(out _);
                }
            }
            else
            {
                return;
            }
        }
    }

    // Up to the semicolon; also to a brace that closes the body, and for a directive to whatever begins the next statement.
    private void ReadOperands()
    {
        PtxSpan first = default, last = default;
        var shape = PtxOperandShape.Name;
        int nesting = 0, elements = 1;
        bool any = false;
        while (Peek(out PtxToken token))
        {
            char symbol = token.Kind == PtxTokenKind.Symbol ? _text[token.Span.Start] : ' ';
            if (symbol == ';' || (nesting == 0 && (symbol is '}' or ')' || (Statement.IsDirective && (symbol == '{' || token.Kind == PtxTokenKind.Modifier)))))
            {
                break;
            }

            Next(out _);
            if (symbol == ',' && nesting == 0)
            {
                Finish(ref any, shape, first, last, elements);
                continue;
            }

            if (!any)
            {
                any = true;
                first = token.Span;
                elements = 1;
                shape = symbol switch
                {
                    '{' => PtxOperandShape.Vector,
                    '[' => PtxOperandShape.Address,
                    '-' or '+' or '~' => PtxOperandShape.Immediate,
                    _ when token is { Kind: PtxTokenKind.Word, Span.Length: 1 } && _text[token.Span.Start] == '_' => PtxOperandShape.Sink,
                    _ => token.Kind == PtxTokenKind.Number ? PtxOperandShape.Immediate : PtxOperandShape.Name,
                };
            }

            last = token.Span;
            switch (symbol)
            {
                case '{' or '[' or '(':
                    nesting++;
                    break;
                case '}' or ']' or ')':
                    nesting--;
                    break;
                case ',' when nesting == 1:
                    elements++;
                    break;
                case '|' when nesting == 0:
                    shape = PtxOperandShape.Pair;
                    break;
            }

            if (token.Kind == PtxTokenKind.Word)
            {
                AddName(token.Span);
            }
        }

        Finish(ref any, shape, first, last, elements);
    }

    private readonly void AddName(PtxSpan name)
    {
        if (_text[name.Start] == '%')
        {
            Statement.AddPercentName(name);
        }
        else
        {
            Statement.AddName(name);
        }
    }

    private readonly void Finish(ref bool any, PtxOperandShape shape, PtxSpan first, PtxSpan last, int elements)
    {
        if (any)
        {
            Statement.AddOperand(new PtxOperand(shape, PtxSpan.Between(first, last), elements));
            any = false;
        }
    }

    internal bool NextIs(char symbol) => Peek(out PtxToken token) && token.Kind == PtxTokenKind.Symbol && _text[token.Span.Start] == symbol;

    internal bool Peek(out PtxToken token)
    {
        if (!_hasAhead)
        {
            _hasAhead = _lexer.Read(out _ahead);
        }

        token = _ahead;
        return _hasAhead;
    }

    internal bool Next(out PtxToken token)
    {
        bool found = Peek(out token);
        _hasAhead = false;
        return found;
    }
}
