using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.Presence;

/// <summary>
/// Whether a compilation has anything to do with CUDA: a word of CUDA stands in its text, or a referenced assembly imports native functions of CUDA.
/// The answers for a file and for a reference are kept, so that a keystroke costs one scan of one file.
/// </summary>
internal static class CudaPresence
{
    // Names of libraries and instructions, and the spellings of architectures. Whatever a rule reports contains one of them, or comes from an assembly that does.
    private static readonly WordAutomaton Words = new(
    [
        "cuda", "cublas", "cudnn", "cusparse", "cusolver", "cutensor", "cufft", "curand", "nvrtc", "nvjitlink", "nvptxcompiler", "nvfatbin", "nvvm",
        "nccl", "nvshmem", "nvinfer", "tensorrt", "ilgpu", "cutlass", "flashinfer", "trtllm", "tcgen05", "wgmma", "umma_", "umma::", "tmem_", "utccp", "mma_",
        "ptx", "cubin", "sm_", "sm1", "sm9", "compute_", ".target", "__global__",
        "qattn_", "tllmgen", "tf32_hc", "builderflag", "cutensormap", "cuctxsetlimit",
    ]);

    private static readonly ConditionalWeakTable<SyntaxTree, object> Files = new();
    private static readonly ConditionalWeakTable<MetadataReference, object> References = new();
    private static readonly object Yes = true;
    private static readonly object No = false;

    /// <summary>Whether the sources or the references of the compilation use CUDA.</summary>
    public static bool IsIn(Compilation compilation, CancellationToken cancellation)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (IsIn(tree, cancellation))
            {
                return true;
            }
        }

        foreach (MetadataReference reference in compilation.References)
        {
            cancellation.ThrowIfCancellationRequested();
            if (IsIn(reference, compilation, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIn(SyntaxTree tree, CancellationToken cancellation)
    {
        if (!Files.TryGetValue(tree, out object? known))
        {
            known = Words.IsIn(tree.GetText(cancellation), cancellation) ? Yes : No;
            Files.GetValue(tree, _ => known);
        }

        return ReferenceEquals(known, Yes);
    }

    private static bool IsIn(MetadataReference reference, Compilation compilation, CancellationToken cancellation)
    {
        if (reference is CompilationReference { Compilation: { } other })
        {
            return other.SyntaxTrees.Any(tree => IsIn(tree, cancellation));
        }

        if (!References.TryGetValue(reference, out object? known))
        {
            known = compilation.GetAssemblyOrModuleSymbol(reference) switch
            {
                IAssemblySymbol assembly => assembly.GetMetadata()?.GetModules().Any(ImportsCuda) == true ? Yes : No,
                IModuleSymbol module => module.GetMetadata() is { } metadata && ImportsCuda(metadata) ? Yes : No,
                _ => No,
            };
            References.GetValue(reference, _ => known);
        }

        return ReferenceEquals(known, Yes);
    }

    private static bool ImportsCuda(ModuleMetadata module)
    {
        try
        {
            MetadataReader reader = module.GetMetadataReader();
            if (reader.GetTableRowCount(TableIndex.ModuleRef) == 0)
            {
                return false;
            }

            foreach (MethodDefinitionHandle handle in reader.MethodDefinitions)
            {
                MethodDefinition method = reader.GetMethodDefinition(handle);
                if ((method.Attributes & MethodAttributes.PinvokeImpl) == 0)
                {
                    continue;
                }

                MethodImport import = method.GetImport();
                if (import.Module.IsNil)
                {
                    continue;
                }

                string library = reader.GetString(reader.GetModuleReference(import.Module).Name);
                if (Words.IsIn(library.AsSpan()) || Words.IsIn(reader.GetString(import.Name).AsSpan()))
                {
                    return true;
                }
            }
        }
        catch (BadImageFormatException)
        {
            // A damaged reference is the compiler's to report.
        }

        return false;
    }
}
