using CudaArch.CompileOptions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>
/// The calls that hand text to a compiler or a loader, by their names in whatever binding: <c>nvrtcCompileProgram</c>, <c>Nvrtc.CompileProgram</c>, <c>CudaRuntimeCompiler.Compile</c>.
/// Source of the native names: the headers of CUDA 13.5.
/// </summary>
internal static class CompilerSinks
{
    /// <summary>The compiler whose options a call takes.</summary>
    /// <param name="method">The method's name, for an import that of the native function.</param>
    /// <param name="type">The name of the type that has it.</param>
    public static CompilerKind CompilerOf(string method, string type)
    {
        if (Contains(method, "nvrtcCompile") || Contains(type, "nvrtc") || Contains(type, "RuntimeCompiler"))
        {
            return CompilerKind.Nvrtc;
        }

        if (Contains(method, "nvJitLink") || Contains(type, "JitLink") || Contains(type, "nvlink"))
        {
            return CompilerKind.Linker;
        }

        if (Contains(method, "PTXCompiler") || Contains(type, "PtxCompiler") || Contains(method, "ptxas") || Contains(type, "ptxas"))
        {
            return CompilerKind.PtxAssembler;
        }

        return Contains(method, "nvcc") || Contains(type, "nvcc") ? CompilerKind.Nvcc : CompilerKind.Unknown;
    }

    /// <summary>Whether a call of this name may compile, so that it is worth asking which type has it.</summary>
    public static bool MayCompile(string method) => Contains(method, "compile") || Contains(method, "link") || Contains(method, "assemble");

    /// <summary>Whether a call adds an image to a fat binary, with its bare architecture as the fourth argument; and what the image is.</summary>
    public static bool TakesBareArchitecture(string method, out CompiledKind kind)
    {
        kind = Contains(method, "AddCubin") ? CompiledKind.Cubin : Contains(method, "AddPTX") ? CompiledKind.Ptx : CompiledKind.LtoIr;
        return Contains(method, "nvFatbinAdd") && (kind != CompiledKind.LtoIr || Contains(method, "AddLTOIR"));
    }

    /// <summary>Whether a call takes PTX instructions without a header: ILGPU's <c>CudaAsm.Emit</c> and <c>EmitRef</c>.</summary>
    public static bool IsInlinePtx(SyntaxNode call) =>
        call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } &&
        TextShapes.NameOf(access.Name) is "Emit" or "EmitRef" && TextShapes.NameOf(access.Expression) == "CudaAsm";

    /// <summary>Whether a call takes CUDA C++ to compile.</summary>
    public static bool TakesCudaSource(string method, string type) =>
        Contains(method, "nvrtcCreateProgram") || (Contains(type, "nvrtc") && Contains(method, "Create")) || Contains(type, "RuntimeCompiler");

    /// <summary>Whether a call loads or assembles PTX.</summary>
    public static bool TakesPtx(string method) =>
        Contains(method, "ModuleLoadData") || Contains(method, "LibraryLoadData") || Contains(method, "LinkAddData") || Contains(method, "LinkerAddData") ||
        Contains(method, "PTXCompilerCreate") || Contains(method, "LoadModulePTX") || Contains(method, "LoadKernelPTX") || Contains(method, "JitLinkAddData");

    private static bool Contains(string text, string word) => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
}
