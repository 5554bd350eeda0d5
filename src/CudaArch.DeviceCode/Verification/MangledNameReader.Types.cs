namespace CudaArch.DeviceCode.Verification;

/// <summary>The part that reads types, template arguments and substitutions.</summary>
internal sealed partial class MangledNameReader
{
    private MangledType? ReadType() => Nested<MangledType?>(() =>
    {
        if (Builtin(Current) is { } builtin)
        {
            _position++;
            return new MangledType(builtin);
        }

        MangledType? type;
        switch (Current)
        {
            case 'r' or 'V' or 'K':
                // A run of qualifiers is one step: it is remembered once.
                string qualifiers = (Take('r') ? " restrict" : "") + (Take('V') ? " volatile" : "") + (Take('K') ? " const" : "");
                type = ReadType()?.Qualified(qualifiers);
                break;
            case 'P' or 'R' or 'O':
                string mark = Current == 'P' ? "*" : Current == 'R' ? "&" : "&&";
                _position++;
                type = ReadType()?.Decorated(mark);
                break;
            case 'F':
                type = ReadFunctionType();
                break;
            case 'A':
                type = ReadArrayType();
                break;
            case 'M':
                _position++;
                type = ReadType() is { } owner ? ReadType()?.Decorated(owner + "::*") : null;
                break;
            case 'D':
                return ReadLongBuiltin();
            case 'T':
                type = ReadTemplateParameter() is { } parameter ? new MangledType(parameter) : null;
                break;
            case 'S' when Next != 't':
                if (ReadSubstitution() is not { } known)
                {
                    return null;
                }

                if (Current != 'I')
                {
                    return known;
                }

                type = Append(known.ToString(), ReadTemplateArguments(isFunction: false)) is { } instance ? new MangledType(instance) : null;
                break;
            default:
                type = ReadName(isFunction: false) is { } name ? new MangledType(name) : null;
                break;
        }

        return type is { } read && Remember(read) ? type : null;
    });

    private MangledType? ReadFunctionType()
    {
        Take('F');
        Take('Y');
        var types = new List<string>();
        while (!Take('E'))
        {
            if (ReadType() is not { } type)
            {
                return null;
            }

            types.Add(type.ToString());
        }

        if (types.Count < 2)
        {
            return null;
        }

        string parameters = types.Count == 2 && types[1] == "void" ? "" : string.Join(", ", types.Skip(1));
        return new MangledType(types[0], "(" + parameters + ")", NeedsParentheses: true);
    }

    private MangledType? ReadArrayType()
    {
        Take('A');
        string length = ReadNumber()?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
        return Take('_') && ReadType() is { } element ? new MangledType(element.Left, "[" + length + "]" + element.Right, NeedsParentheses: true) : null;
    }

    private MangledType? ReadLongBuiltin()
    {
        foreach ((string code, string name) in LongBuiltins)
        {
            if (Take(code))
            {
                return new MangledType(name);
            }
        }

        // Dp: a pack that is expanded in place.
        return Take("Dp") ? ReadType() : null;
    }

    /// <summary>&lt;template-args&gt; as <c>&lt;float, 4&gt;</c>.</summary>
    /// <param name="isFunction">Whether they belong to the function itself, so that T_ means them.</param>
    private string? ReadTemplateArguments(bool isFunction)
    {
        Take('I');
        var arguments = new List<string>();
        while (!Take('E'))
        {
            if (!ReadTemplateArgument(arguments))
            {
                return null;
            }
        }

        if (isFunction)
        {
            _templateArguments.Clear();
            _templateArguments.AddRange(arguments);
        }

        return "<" + string.Join(", ", arguments.Where(argument => argument.Length > 0)) + ">";
    }

    private bool ReadTemplateArgument(List<string> arguments)
    {
        switch (Current)
        {
            case 'L':
                return Add(ReadLiteral());
            case 'J':
                _position++;
                var pack = new List<string>();
                while (!Take('E'))
                {
                    if (!ReadTemplateArgument(pack))
                    {
                        return false;
                    }
                }

                return Add(string.Join(", ", pack));
            case 'X':
                return Take("Xad") && Add(ReadLiteral()) && Take('E');
            default:
                return Add(ReadType()?.ToString());
        }

        bool Add(string? argument)
        {
            if (argument is null || argument.Length > LongestResult)
            {
                return false;
            }

            arguments.Add(argument);
            return true;
        }
    }

    /// <summary>&lt;expr-primary&gt;: a value of a built-in type or enumeration, or the address of a function.</summary>
    private string? ReadLiteral() => Nested(() =>
    {
        Take('L');
        if (Take("_Z"))
        {
            string? name = ReadName(isFunction: false);
            while (name is not null && Current != 'E')
            {
                name = ReadType() is null ? null : name;
            }

            return name is not null && Take('E') ? "&" + name : null;
        }

        char code = Current;
        bool isBuiltin = Builtin(code) is not null;
        if (ReadType() is not { } type)
        {
            return null;
        }

        int start = _position;
        while (Current is >= '0' and <= '9' or 'n' or >= 'a' and <= 'f')
        {
            _position++;
        }

        string value = text.Substring(start, _position - start).Replace('n', '-');
        if (!Take('E'))
        {
            return null;
        }

        return !isBuiltin ? $"({type}){value}" : code switch
        {
            'b' => value == "0" ? "false" : "true",
            'i' => value,
            'j' => value + "u",
            'l' => value + "l",
            'm' => value + "ul",
            'x' => value + "ll",
            'y' => value + "ull",
            _ => $"({type}){value}",
        };
    });

    private string? ReadTemplateParameter()
    {
        Take('T');
        int index = ReadNumber() is { } number ? number + 1 : 0;
        return Take('_') && index < _templateArguments.Count ? _templateArguments[index] : null;
    }

    /// <summary>&lt;substitution&gt;: S_ and S0_ to SZ_ mean what was read before, lower-case letters mean names of the standard library.</summary>
    private MangledType? ReadSubstitution()
    {
        Take('S');
        string? standard = Current switch
        {
            'a' => "std::allocator",
            'b' => "std::basic_string",
            's' => "std::string",
            'i' => "std::istream",
            'o' => "std::ostream",
            'd' => "std::iostream",
            _ => null,
        };
        if (standard is not null)
        {
            _position++;
            return new MangledType(standard);
        }

        int index = 0;
        bool isFirst = true;
        while (Current is >= '0' and <= '9' or >= 'A' and <= 'Z' && index < _substitutions.Count)
        {
            int digit = Current <= '9' ? Current - '0' : Current - 'A' + 10;
            index = isFirst ? digit : (36 * index) + digit;
            isFirst = false;
            _position++;
        }

        index += isFirst ? 0 : 1;
        return Take('_') && index < _substitutions.Count ? _substitutions[index] : null;
    }

    private static string? Builtin(char code) => code switch
    {
        'v' => "void",
        'w' => "wchar_t",
        'b' => "bool",
        'c' => "char",
        'a' => "signed char",
        'h' => "unsigned char",
        's' => "short",
        't' => "unsigned short",
        'i' => "int",
        'j' => "unsigned int",
        'l' => "long",
        'm' => "unsigned long",
        'x' => "long long",
        'y' => "unsigned long long",
        'n' => "__int128",
        'o' => "unsigned __int128",
        'f' => "float",
        'd' => "double",
        'e' => "long double",
        'g' => "__float128",
        'z' => "...",
        _ => null,
    };

    private static readonly (string Code, string Name)[] LongBuiltins =
    [
        ("Dn", "decltype(nullptr)"), ("Dh", "half"), ("DF16b", "std::bfloat16_t"), ("DF16_", "_Float16"), ("Di", "char32_t"), ("Ds", "char16_t"),
        ("Du", "char8_t"), ("Da", "auto"), ("Dc", "decltype(auto)"),
    ];
}
