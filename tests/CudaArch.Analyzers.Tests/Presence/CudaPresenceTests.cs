using CudaArch.Analyzers.Presence;
using CudaArch.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CudaArch.Analyzers.Tests.Presence;

public sealed class CudaPresenceTests
{
    private static readonly MetadataReference Corlib = MetadataReference.CreateFromFile(typeof(object).Assembly.Location);

    [Theory]
    [InlineData("class C { string s = \"hello\"; }", false)]
    [InlineData("/// <summary>comma</summary>\nclass CurrentMember;", false)]
    [InlineData("class C { const string Library = \"nvCUDA\"; }", true)]
    [InlineData("class C { string s = \".target sm_90\"; }", true)]
    [InlineData("class C { void tcgen05_alloc() { } }", true)]
    [InlineData("", false)]
    public void Sees_a_word_of_CUDA_in_the_sources(string source, bool expected) =>
        Assert.Equal(expected, CudaPresence.IsIn(Compile(source), CancellationToken.None));

    [Fact]
    public void Sees_a_word_that_lies_across_two_pieces_of_a_long_file()
    {
        for (int padding = 8186; padding <= 8194; padding++)
        {
            Assert.True(CudaPresence.IsIn(Compile("//" + new string('x', padding) + "cuda"), CancellationToken.None));
        }
    }

    [Fact]
    public void Sees_the_imports_of_a_referenced_assembly()
    {
        MetadataReference binding = Emit("using System.Runtime.InteropServices; public static class N { [DllImport(\"nvrtc\")] public static extern void Go(); }");
        MetadataReference other = Emit("using System.Runtime.InteropServices; public static class N { [DllImport(\"sqlite\")] public static extern void Go(); }");
        const string Use = "class C { void M() => N.Go(); }";

        Assert.True(CudaPresence.IsIn(Compile(Use, binding), CancellationToken.None));
        Assert.False(CudaPresence.IsIn(Compile(Use, other), CancellationToken.None));
    }

    [Fact]
    public void Sees_the_sources_of_a_referenced_project()
    {
        CSharpCompilation binding = Compile("public static class Cuda;");

        Assert.True(CudaPresence.IsIn(Compile("class C;", binding.ToMetadataReference()), CancellationToken.None));
    }

    [Fact]
    public void A_damaged_reference_is_not_CUDA() =>
        Assert.False(CudaPresence.IsIn(Compile("class C;", MetadataReference.CreateFromImage([1, 2, 3])), CancellationToken.None));

    private static MetadataReference Emit(string source)
    {
        var stream = new MemoryStream();
        Assert.True(Compile(source).Emit(stream).Success);
        return MetadataReference.CreateFromImage(stream.ToArray());
    }

    private static CSharpCompilation Compile(string source, params MetadataReference[] references) => CSharpCompilation.Create(
        "test",
        [CSharpSyntaxTree.ParseText(source, TestSetup.Parse)],
        [Corlib, .. references],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
}
