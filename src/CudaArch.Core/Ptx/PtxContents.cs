using CudaArch.Architectures;
using CudaArch.Features;

namespace CudaArch.Ptx;

/// <summary>A place in a text that needs a feature.</summary>
internal readonly record struct PtxUse(CudaFeature Feature, PtxSpan Span, string Token, string? Kernel);

/// <summary>What a text consists of, before anything is said about a device.</summary>
internal sealed class PtxContents
{
    /// <summary>A text with more uses than this is judged by the first ones; each feature is still seen.</summary>
    private const int MostUses = 4096;

    private readonly Dictionary<CudaFeature, int> _features = [];
    private readonly List<CudaFeature> _found = [];
    private readonly PtxRegisters _registers = new();
    private string? _kernel;
    private PtxSpan _kernelSpan;
    private long _parameterBytes;

    /// <summary>Bytes of parameters that every target takes; more need a feature of their own (measured: 4352 up to PTX 8.0, 32764 from 8.1).</summary>
    internal const int SmallParameters = 4352;

    private static readonly CudaFeature? LargeParameters = FeatureCatalog.Find("param.large");

    public PtxVersionDirective? Version { get; private set; }

    public PtxSpan? TargetLine { get; private set; }

    public List<PtxTargetDirective> Targets { get; } = [];

    public (string Value, PtxSpan Span)? AddressSize { get; private set; }

    public List<PtxEntry> Entries { get; } = [];

    public List<PtxUse> Uses { get; } = [];

    public IReadOnlyList<PtxSharedMemory> SharedMemory { get; private set; } = [];

    /// <summary>Where a text that states no address size uses a 32-bit address.</summary>
    public PtxSpan? SmallAddress { get; private set; }

    public bool HeaderComesFirst { get; private set; }

    public static PtxContents Read(string text)
    {
        var contents = new PtxContents();
        contents.ReadAll(text.AsSpan());
        return contents;
    }

    private void ReadAll(ReadOnlySpan<char> text)
    {
        var reader = new PtxReader(text);
        var addresses = new PtxAddressInference();
        var shared = new PtxSharedMemoryReader();
        int index = 0;
        while (reader.Read())
        {
            PtxStatement statement = reader.Statement;
            if (reader.Function != _kernelSpan)
            {
                string? function = reader.Function.Length > 0 ? text.Slice(reader.Function.Start, reader.Function.Length).ToString() : null;
                _kernelSpan = reader.Function;
                _parameterBytes = 0;
                _kernel = reader.IsKernel ? function : null;
                _registers.Clear();
                shared.Enter(function, reader.IsKernel);
            }

            if (statement.IsDirective)
            {
                ReadDirective(text, statement, index, reader.IsInBody);
            }

            FindFeatures(text, statement);
            shared.Visit(text, statement, _registers);
            if (AddressSize is null)
            {
                addresses.Visit(text, statement, _registers);
            }

            index++;
        }

        SmallAddress = AddressSize is null ? addresses.FirstUse : null;
        SharedMemory = [.. shared.Totals()];
    }

    private void ReadDirective(ReadOnlySpan<char> text, PtxStatement statement, int index, bool inBody)
    {
        PtxSpan head = statement.Parts[0];
        ReadOnlySpan<char> name = text.Slice(head.Start, head.Length);
        ReadOnlySpan<PtxOperand> operands = statement.Operands;
        if (name.SequenceEqual("version".AsSpan()) && Version is null)
        {
            PtxSpan span = operands.Length > 0 ? operands[0].Span : statement.OpcodeSpan;
            Version = new PtxVersionDirective(PtxVersion.TryParse(text.Slice(span.Start, span.Length), out PtxVersion version) ? version : null, span);
            HeaderComesFirst = index == 0;
        }
        else if (name.SequenceEqual("target".AsSpan()))
        {
            HeaderComesFirst &= index == 1 || TargetLine is not null;
            TargetLine = statement.OpcodeSpan;
            foreach (PtxOperand operand in operands)
            {
                AddTarget(text.Slice(operand.Span.Start, operand.Span.Length), operand.Span);
            }
        }
        else if (name.SequenceEqual("address_size".AsSpan()) && operands.Length > 0)
        {
            AddressSize = (text.Slice(operands[0].Span.Start, operands[0].Span.Length).ToString(), operands[0].Span);
        }
        else if (name.SequenceEqual("entry".AsSpan()) && _kernel is not null)
        {
            Entries.Add(new PtxEntry(_kernel, _kernelSpan));
        }
        else if (name.SequenceEqual("reg".AsSpan()))
        {
            _registers.Declare(text, statement);
        }
        else if (name.SequenceEqual("param".AsSpan()) && _kernel is not null && !inBody)
        {
            AddParameter(statement);
        }
    }

    private void AddParameter(PtxStatement statement)
    {
        bool fitted = _parameterBytes <= SmallParameters;
        _parameterBytes += statement.DeclaredBytes;
        if (fitted && _parameterBytes > SmallParameters && LargeParameters is { } feature)
        {
            Uses.Add(new PtxUse(feature, statement.OpcodeSpan, ".param", _kernel));
        }
    }

    private void AddTarget(ReadOnlySpan<char> name, PtxSpan span)
    {
        bool isArchitecture = name.StartsWith("sm_".AsSpan(), StringComparison.Ordinal) || name.StartsWith("compute_".AsSpan(), StringComparison.Ordinal);
        if (isArchitecture || (name.Length > 0 && name[0] == PtxLexer.Hole))
        {
            bool known = SmArchitecture.TryParse(name, out SmArchitecture architecture);
            Targets.Add(new PtxTargetDirective(known ? architecture : null, span, name.ToString()));
        }
    }

    private void FindFeatures(ReadOnlySpan<char> text, PtxStatement statement)
    {
        _found.Clear();
        PtxPatterns.FindFeatures(text, statement, _registers, _found);
        foreach (CudaFeature feature in _found)
        {
            bool known = _features.TryGetValue(feature, out int count);
            _features[feature] = count + 1;
            if (!known || Uses.Count < MostUses)
            {
                Uses.Add(new PtxUse(feature, statement.OpcodeSpan, statement.JoinedOpcode(text), _kernel));
            }
        }
    }
}
