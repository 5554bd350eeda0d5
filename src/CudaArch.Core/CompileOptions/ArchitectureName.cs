using CudaArch.Architectures;

namespace CudaArch.CompileOptions;

/// <summary>An architecture that option text names, and where.</summary>
public readonly struct ArchitectureName
{
    /// <summary>Creates a name.</summary>
    /// <param name="start">Position of the first character in the text.</param>
    /// <param name="length">Number of characters.</param>
    /// <param name="architecture">What is named.</param>
    /// <param name="form">How it is spelled.</param>
    public ArchitectureName(int start, int length, SmArchitecture architecture, NameForm form)
    {
        Start = start;
        Length = length;
        Architecture = architecture;
        Form = form;
    }

    /// <summary>Position of the first character of the name (<c>s</c> of <c>sm_100a</c>) in the text.</summary>
    public int Start { get; }

    /// <summary>Number of characters of the name.</summary>
    public int Length { get; }

    /// <summary>Position behind the last character.</summary>
    public int End => Start + Length;

    /// <summary>The architecture.</summary>
    public SmArchitecture Architecture { get; }

    /// <summary>How it is spelled.</summary>
    public NameForm Form { get; }

    /// <summary>Another architecture in this name's spelling: <c>compute_121f</c> for <c>compute_100f</c>, <c>12.1a</c> for <c>10.0a</c>.</summary>
    /// <remarks>The suffix is kept where the other architecture has it. Without an <c>f</c> name, as before 10.0, <c>a</c> asks for the same; without that, none is left.</remarks>
    public string Respell(SmArchitecture other) => Spell(Retarget(Architecture, other), Form);

    /// <summary>The architecture with the compute capability of <paramref name="target"/> and the feature set of <paramref name="named"/>, or the nearest the target has.</summary>
    public static SmArchitecture Retarget(SmArchitecture named, SmArchitecture target)
    {
        SmArchitecture wanted = target.With(named.Variant);
        if (named.Variant == ArchitectureVariant.FamilySpecific && !ArchitectureCatalog.IsKnown(wanted))
        {
            wanted = target.With(ArchitectureVariant.ArchitectureSpecific);
        }

        return ArchitectureCatalog.IsKnown(wanted) ? wanted : target.With(ArchitectureVariant.Baseline);
    }

    /// <summary>Writes an architecture in a given form.</summary>
    public static string Spell(SmArchitecture architecture, NameForm form) => form switch
    {
        NameForm.Real => architecture.RealName,
        NameForm.Virtual => architecture.VirtualName,
        NameForm.Lto => "lto_" + architecture.ShortName,
        NameForm.Dotted => architecture.ComputeCapability + architecture.Suffix,
        _ => architecture.ShortName,
    };

    /// <summary>
    /// Reads the name that begins at a position and ends where its word ends. Names are written in small letters, as all compilers want them.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the name begins.</param>
    /// <param name="bare">Whether <c>100a</c> and <c>10.0a</c>, without a prefix, are names too.</param>
    /// <param name="name">The name.</param>
    public static bool TryRead(string text, int start, bool bare, out ArchitectureName name)
    {
        name = default;
        int i = start;
        NameForm form = NameForm.Number;
        foreach ((string prefix, NameForm prefixForm) in Prefixes)
        {
            if (string.CompareOrdinal(text, start, prefix, 0, prefix.Length) == 0)
            {
                form = prefixForm;
                i += prefix.Length;
                break;
            }
        }

        if (form == NameForm.Number && !bare)
        {
            return false;
        }

        int digits = i;
        while (i < text.Length && i - digits < 4 && IsDigit(text[i]))
        {
            i++;
        }

        if (form == NameForm.Number && i - digits is 1 or 2 && i + 1 < text.Length && text[i] == '.' && IsDigit(text[i + 1]))
        {
            form = NameForm.Dotted;
            i += 2;
        }
        else if (i - digits is < 2 or > 3)
        {
            return false;
        }

        if (i < text.Length && text[i] is 'a' or 'f')
        {
            i++;
        }

        if (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '.' or CompileOptionText.Hole))
        {
            // A sentence may end behind a name; a file name goes on.
            bool endOfSentence = text[i] == '.' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]));
            if (!endOfSentence)
            {
                return false;
            }
        }

        if (!SmArchitecture.TryParse(text.AsSpan(start, i - start), out SmArchitecture architecture))
        {
            return false;
        }

        name = new ArchitectureName(start, i - start, architecture, form);
        return true;
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static readonly (string Prefix, NameForm Form)[] Prefixes =
        [("sm_", NameForm.Real), ("compute_", NameForm.Virtual), ("lto_", NameForm.Lto)];
}
