using CudaArch.Architectures;
using CudaArch.Features;

namespace CudaArch.Ptx;

/// <summary>A place in a text that needs a feature.</summary>
internal readonly record struct PtxUse(CudaFeature Feature, PtxSpan Span, string Token, string? Kernel);

/// <summary>A kernel's static shared memory.</summary>
internal readonly record struct PtxSharedMemory(string Kernel, PtxSpan Span, long Bytes);

/// <summary>What a text consists of, before anything is said about a device.</summary>
internal sealed class PtxContents
{
    /// <summary>A text with more uses than this is judged by the first ones; each feature is still seen.</summary>
    private const int MostUses = 4096;

    private readonly Dictionary<CudaFeature, int> _features = [];
    private readonly List<CudaFeature> _found = [];
    private string? _kernel;
    private PtxSpan _kernelSpan;

    public PtxVersionDirective? Version { get; private set; }

    public PtxSpan? TargetLine { get; private set; }

    public List<PtxTargetDirective> Targets { get; } = [];

    public (string Value, PtxSpan Span)? AddressSize { get; private set; }

    public List<PtxEntry> Entries { get; } = [];

    public List<PtxUse> Uses { get; } = [];

    public List<PtxSharedMemory> SharedMemory { get; } = [];

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
        int index = 0;
        while (reader.Read())
        {
            PtxStatement statement = reader.Statement;
            if (reader.Function != _kernelSpan)
            {
                _kernelSpan = reader.Function;
                _kernel = reader.IsKernel && reader.Function.Length > 0 ? text.Slice(reader.Function.Start, reader.Function.Length).ToString() : null;
            }

            if (statement.IsDirective)
            {
                ReadDirective(text, statement, index);
            }

            FindFeatures(text, statement);
            index++;
        }
    }

    private void ReadDirective(ReadOnlySpan<char> text, PtxStatement statement, int index)
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
        else if (name.SequenceEqual("shared".AsSpan()) && _kernel is not null && statement.DeclaredBytes > 0)
        {
            AddShared(statement);
        }
    }

    private void AddShared(PtxStatement statement)
    {
        int last = SharedMemory.Count - 1;
        long bytes = statement.DeclaredBytes;
        if (last >= 0 && SharedMemory[last].Kernel == _kernel)
        {
            bytes += SharedMemory[last].Bytes;
            SharedMemory.RemoveAt(last);
        }

        SharedMemory.Add(new PtxSharedMemory(_kernel!, statement.OpcodeSpan, bytes));
    }

    private void AddTarget(ReadOnlySpan<char> name, PtxSpan span)
    {
        if (name.StartsWith("sm_".AsSpan(), StringComparison.Ordinal) || name.StartsWith("compute_".AsSpan(), StringComparison.Ordinal))
        {
            bool known = SmArchitecture.TryParse(name, out SmArchitecture architecture);
            Targets.Add(new PtxTargetDirective(known ? architecture : null, span, name.ToString()));
        }
    }

    private void FindFeatures(ReadOnlySpan<char> text, PtxStatement statement)
    {
        _found.Clear();
        PtxPatterns.FindFeatures(text, statement, _found);
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
