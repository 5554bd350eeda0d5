using CudaArch.DeviceCode.Containers;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode;

/// <summary>A file and the device code in it. Headers are read already; payloads are read when asked for, so keep it open as long as its images are used.</summary>
public sealed class DeviceCodeFile : IDisposable
{
    private readonly ByteSource _source;
    private readonly IReadOnlyList<Problem> _structuralProblems;

    internal DeviceCodeFile(ByteSource source, Host host, ReadContext context)
    {
        _source = source;
        HostFormat = host.Format;
        Machine = host.Machine;
        Modules = context.Modules;
        _structuralProblems = context.Problems;
    }

    /// <summary>The path or display name that it was opened by.</summary>
    public string Path => _source.Name;

    /// <summary>Size in bytes.</summary>
    public long Size => _source.Length;

    /// <summary>What kind of file it is.</summary>
    public HostFormat HostFormat { get; }

    /// <summary>The machine that its host code is for: <c>x86-64</c>, <c>aarch64</c>, others by their usual name; null when it has no host code or several kinds.</summary>
    public string? Machine { get; }

    /// <summary>The modules, in file order.</summary>
    public IReadOnlyList<DeviceCodeModule> Modules { get; }

    /// <summary>What is odd or damaged: found when the file was opened, and in the payloads that were read since.</summary>
    public IReadOnlyList<Problem> Problems
    {
        get
        {
            List<Problem>? problems = null;
            foreach (DeviceCodeModule module in Modules)
            {
                foreach (DeviceCodeImage image in module.Images)
                {
                    if (image.PayloadProblem is { } problem)
                    {
                        (problems ??= [.. _structuralProblems]).Add(problem);
                    }
                }
            }

            return problems ?? _structuralProblems;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
