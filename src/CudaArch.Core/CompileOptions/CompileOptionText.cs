using CudaArch.Architectures;

namespace CudaArch.CompileOptions;

/// <summary>
/// Compile options as one text: a command line, a response file, or the elements of an option array with a line break between them.
/// It knows which architectures the text names, where, and what a compiler makes of them.
/// </summary>
public sealed class CompileOptionText
{
    /// <summary>Stands in the text for a part that is not known before run time (U+FFFC, the object replacement character).</summary>
    public const char Hole = '\uFFFC';

    private readonly OptionScanner _scan;

    private CompileOptionText(OptionScanner scan, CompilerKind compiler, bool onlyPtxIsTaken)
    {
        _scan = scan;
        Compiler = compiler == CompilerKind.Unknown ? scan.Compiler : compiler;
        Outputs = OutputRules.OutputsOf(scan, Compiler, onlyPtxIsTaken || scan.PtxOnly);
    }

    /// <summary>The compiler that reads the options: as the caller said, else as the text shows (<c>nvcc …</c>, <c>-gencode</c>).</summary>
    public CompilerKind Compiler { get; }

    /// <summary>Every architecture that an option names, in the order of the text; also those that only name a stage, as <c>arch=</c> of <c>-gencode</c>.</summary>
    public IReadOnlyList<ArchitectureName> Names => _scan.Names;

    /// <summary>What the compiler makes.</summary>
    public IReadOnlyList<CompileOutput> Outputs { get; }

    /// <summary>An architecture is known only at run time, or is "all", "native": nothing can be said against the text.</summary>
    public bool IsOpen => _scan.IsOpen;

    /// <summary>
    /// The option stands in a sentence ("Compile with -arch=sm_90 or newer") and not in a command line: it starts with an ordinary word and names no compiler before the option.
    /// </summary>
    public bool LooksLikeProse => _scan.LooksLikeProse;

    /// <summary>Reads option text. Never throws; text without options has no names.</summary>
    /// <param name="text">The text, with <see cref="Hole"/> for what is not known.</param>
    /// <param name="compiler">The compiler that is given the text, when known.</param>
    /// <param name="onlyPtxIsTaken">Whether the caller only asks for the PTX, which NVRTC gives for a name like <c>sm_90</c> too.</param>
    public static CompileOptionText Parse(string text, CompilerKind compiler = CompilerKind.Unknown, bool onlyPtxIsTaken = false) =>
        new(OptionScanner.Scan(text), compiler, onlyPtxIsTaken);

    /// <summary>An architecture without a prefix, as nvFatbin takes it (<c>100a</c>) for an image of a known kind. Text that is no such name is open.</summary>
    public static CompileOptionText OfBareName(string text, CompiledKind kind) => new(OptionScanner.OfBareName(text, kind), CompilerKind.Unknown, onlyPtxIsTaken: false);

    /// <summary>Cheap test to make before <see cref="Parse"/>: false when the text cannot name an architecture.</summary>
    public static bool MayNameArchitecture(string text)
    {
        if (text.IndexOf("sm_", StringComparison.Ordinal) >= 0 || text.IndexOf("compute_", StringComparison.Ordinal) >= 0 || text.IndexOf("lto_", StringComparison.Ordinal) >= 0)
        {
            return true;
        }

        foreach ((string variable, _) in OptionSpellings.Variables)
        {
            if (text.IndexOf(variable, StringComparison.Ordinal) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The program that a file name stands for: <c>/usr/local/cuda/bin/nvcc</c>, <c>ptxas.exe</c>.</summary>
    public static CompilerKind CompilerOfProgram(string fileName) => OptionSpellings.ProgramOf(fileName.AsSpan());

    /// <summary>Whether an environment variable or cache entry of this name holds a list of architectures.</summary>
    public static bool IsArchitectureVariable(string name)
    {
        foreach ((string variable, _) in OptionSpellings.Variables)
        {
            if (string.Equals(variable, name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The outputs at fault for a device: all of them when none runs there; none when one does, when nothing is built, or when not all is known.</summary>
    public IReadOnlyList<CompileOutput> FaultsOn(SmArchitecture device)
    {
        if (IsOpen || Compiler == CompilerKind.Inspector)
        {
            return [];
        }

        foreach (CompileOutput output in Outputs)
        {
            if (output.RunsOn(device))
            {
                return [];
            }
        }

        return Outputs;
    }
}
