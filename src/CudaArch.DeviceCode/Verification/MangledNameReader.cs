using System.Globalization;

namespace CudaArch.DeviceCode.Verification;

/// <summary>
/// Reads names by the Itanium C++ ABI (section 5.1, "External Names"): what kernels have, which is functions, templates, namespaces, lambdas and
/// their types. Expressions in template arguments are not read: such a name is shown as it stands.
/// Every rule answers null when the text does not fit; length and depth are bounded, since a symbol may come from a damaged file.
/// </summary>
internal sealed partial class MangledNameReader(string text)
{
    private const int DeepestNesting = 200;
    private const int LongestResult = 20_000;

    private readonly List<MangledType> _substitutions = [];
    private readonly List<string> _templateArguments = [];
    private int _position;
    private int _depth;

    private char Current => _position < text.Length ? text[_position] : '\0';

    private char Next => _position + 1 < text.Length ? text[_position + 1] : '\0';

    /// <summary>The function's qualified name with its template arguments; null when it is not understood.</summary>
    public string? ReadFunctionName()
    {
        _position = 2;
        return ReadName(isFunction: true);
    }

    private bool Take(char c)
    {
        if (Current != c)
        {
            return false;
        }

        _position++;
        return true;
    }

    private bool Take(string expected)
    {
        if (string.CompareOrdinal(text, _position, expected, 0, expected.Length) != 0)
        {
            return false;
        }

        _position += expected.Length;
        return true;
    }

    private T? Nested<T>(Func<T?> read)
    {
        if (++_depth > DeepestNesting)
        {
            return default;
        }

        T? result = read();
        _depth--;
        return result;
    }

    private bool Remember(MangledType type)
    {
        _substitutions.Add(type);
        return type.Length <= LongestResult;
    }

    /// <summary>&lt;name&gt;: nested, local, or unscoped with or without template arguments.</summary>
    private string? ReadName(bool isFunction) => Nested(() =>
    {
        switch (Current)
        {
            case 'N':
                return ReadNestedName(isFunction);
            case 'Z':
                return ReadLocalName();
            case 'S' when Next != 't':
                string? known = ReadSubstitution()?.ToString();
                return known is null || Current != 'I' ? null : Append(known, ReadTemplateArguments(isFunction));
        }

        string? name = Take("St") ? Append("std::", ReadUnqualifiedName("")) : ReadUnqualifiedName("");
        if (name is null || Current != 'I')
        {
            return name;
        }

        return Remember(new MangledType(name)) ? Append(name, ReadTemplateArguments(isFunction)) : null;
    });

    private string? ReadNestedName(bool isFunction)
    {
        Take('N');
        while (Current is 'r' or 'V' or 'K' or 'R' or 'O')
        {
            _position++; // Qualifiers of a member function say nothing of its name.
        }

        string? name = null;
        int remembered = 0;
        while (!Take('E'))
        {
            string? longer;
            bool isNew = true;
            if (Current == 'S' && Next != 't')
            {
                longer = name is null ? ReadSubstitution()?.ToString() : null;
                isNew = false;
            }
            else if (Take("St"))
            {
                longer = name is null ? "std" : null;
                isNew = false;
            }
            else if (Current == 'I')
            {
                longer = name is null ? null : Append(name, ReadTemplateArguments(isFunction));
            }
            else if (Current == 'T')
            {
                longer = name is null ? ReadTemplateParameter() : null;
            }
            else
            {
                string? part = ReadUnqualifiedName(name ?? "");
                longer = part is null ? null : name is null ? part : name + "::" + part;
            }

            if (longer is null || (isNew && !Remember(new MangledType(longer))))
            {
                return null;
            }

            remembered = isNew ? 1 : 0;
            name = longer;
        }

        // The whole name is remembered by the type that it names, if it names one.
        if (remembered == 1)
        {
            _substitutions.RemoveAt(_substitutions.Count - 1);
        }

        return name;
    }

    /// <summary>&lt;local-name&gt;: Z function E name. The function is named without its parameters.</summary>
    private string? ReadLocalName()
    {
        Take('Z');
        string? function = ReadName(isFunction: true);
        while (function is not null && Current != 'E')
        {
            if (ReadType() is null)
            {
                return null;
            }
        }

        if (function is null || !Take('E') || Take('s'))
        {
            return null;
        }

        if (Take('d') && !SkipDiscriminator())
        {
            return null;
        }

        string? entity = ReadName(isFunction: false);
        if (entity is null || (Take('_') && !SkipDiscriminator()))
        {
            return null;
        }

        return function + "::" + entity;
    }

    private bool SkipDiscriminator()
    {
        while (Current is >= '0' and <= '9' or '_')
        {
            _position++;
        }

        return true;
    }

    /// <summary>&lt;unqualified-name&gt;, and what may stand in its place within a class: constructor, operator, lambda, unnamed type.</summary>
    private string? ReadUnqualifiedName(string enclosing)
    {
        Take('L'); // Internal linkage.
        string? name = Current switch
        {
            >= '0' and <= '9' => ReadSourceName(),
            'C' when Next is >= '1' and <= '5' => Special(LastPart(enclosing)),
            'D' when Next is >= '0' and <= '5' => Special("~" + LastPart(enclosing)),
            'U' when Next == 'l' => ReadLambda(),
            'U' when Next == 't' => ReadUnnamedType(),
            >= 'a' and <= 'z' => ReadOperator(),
            _ => null,
        };

        while (name is not null && Take('B'))
        {
            name = Append(name + "[abi:", ReadSourceName()) is { } tagged ? tagged + "]" : null;
        }

        return name;

        string Special(string special)
        {
            _position += 2;
            return special;
        }
    }

    private static string LastPart(string name)
    {
        int depth = 0;
        for (int i = name.Length - 1; i > 0; i--)
        {
            depth += name[i] == '>' ? 1 : name[i] == '<' ? -1 : 0;
            if (depth == 0 && name[i] == ':')
            {
                name = name.Substring(i + 1);
                break;
            }
        }

        int arguments = name.IndexOf('<');
        return arguments > 0 ? name.Substring(0, arguments) : name;
    }

    private string? ReadSourceName()
    {
        if (ReadNumber() is not { } length || length == 0 || length > text.Length - _position)
        {
            return null;
        }

        string name = text.Substring(_position, length);
        _position += length;

        // g++ and nvcc give unnamed namespaces, and what is local to a file, a made-up name.
        return name.StartsWith("_GLOBAL__N", StringComparison.Ordinal) || name.StartsWith("_INTERNAL_", StringComparison.Ordinal)
            ? "(anonymous namespace)"
            : name;
    }

    private string? ReadLambda()
    {
        _position += 2;
        var parameters = new List<string>();
        while (!Take('E'))
        {
            if (ReadType() is not { } type)
            {
                return null;
            }

            parameters.Add(type.ToString());
        }

        string list = parameters.Count == 1 && parameters[0] == "void" ? "" : string.Join(", ", parameters);
        return ReadOrdinal() is { } ordinal ? $"{{lambda({list})#{ordinal}}}" : null;
    }

    private string? ReadUnnamedType()
    {
        _position += 2;
        return ReadOrdinal() is { } ordinal ? $"{{unnamed type#{ordinal}}}" : null;
    }

    /// <summary>[number] _: nothing is 1, 0 is 2.</summary>
    private string? ReadOrdinal()
    {
        int ordinal = ReadNumber() is { } number ? number + 2 : 1;
        return Take('_') ? ordinal.ToString(CultureInfo.InvariantCulture) : null;
    }

    private string? ReadOperator()
    {
        foreach ((string code, string name) in Operators)
        {
            if (Take(code))
            {
                return "operator" + name;
            }
        }

        return null;
    }

    private int? ReadNumber()
    {
        int start = _position;
        long value = 0;
        while (Current is >= '0' and <= '9' && value < int.MaxValue / 2)
        {
            value = (10 * value) + (Current - '0');
            _position++;
        }

        return _position == start || value >= int.MaxValue / 2 ? null : (int)value;
    }

    private static string? Append(string left, string? right) => right is null || left.Length + right.Length > LongestResult ? null : left + right;

    private static readonly (string Code, string Name)[] Operators =
    [
        ("cl", "()"), ("ix", "[]"), ("pl", "+"), ("mi", "-"), ("ml", "*"), ("dv", "/"), ("rm", "%"), ("eq", "=="), ("ne", "!="),
        ("lt", "<"), ("gt", ">"), ("le", "<="), ("ge", ">="), ("aS", "="), ("pL", "+="), ("mI", "-="), ("mL", "*="), ("dV", "/="),
        ("ls", "<<"), ("rs", ">>"), ("an", "&"), ("or", "|"), ("eo", "^"), ("co", "~"), ("nt", "!"), ("aa", "&&"), ("oo", "||"),
        ("pp", "++"), ("mm", "--"), ("pt", "->"), ("nw", " new"), ("dl", " delete"),
    ];
}
