using CudaArch.Analyzers.Catalog;
using CudaArch.Analyzers.Interop;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.Tests.Catalog;

public sealed class SymbolFileTests
{
    [Fact]
    public void The_built_in_catalog_is_well_formed_and_every_line_has_a_source()
    {
        Assert.Empty(SymbolFile.BuiltIn.Problems);
        Assert.NotEmpty(SymbolFile.BuiltIn.Lines);
        Assert.All(SymbolFile.BuiltIn.Lines, line => Assert.NotEmpty(line.Source));
    }

    [Fact]
    public void No_selector_stands_twice()
    {
        using Stream stream = typeof(SymbolFile).Assembly.GetManifestResourceStream("CudaArch.Symbols.txt")!;
        using var reader = new StreamReader(stream);
        string[] selectors = [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(';')[0])];
        Assert.Equal(selectors.Distinct(), selectors);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("# words", "")]
    [InlineData("// words", "")]
    [InlineData("entry:f;tcgen05;somewhere", "f tcgen05")]
    [InlineData(" entry:f ; tcgen05 ", "f tcgen05")]
    [InlineData("entry:f*;none;why; and why not", "f* none")]
    [InlineData("entry:lib!f;wgmma", "f wgmma")]
    [InlineData("call:f(0=1..3|0x10, *2=-1);wgmma", "f wgmma")]
    [InlineData("M:A.B.C(System.Int32);wgmma", "M:A.B.C(System.Int32) wgmma")]
    [InlineData("M:A.B versions 1.2..1.4;wgmma", "M:A.B wgmma")]
    [InlineData("constant:A_B;wgmma", "A_B wgmma")]
    [InlineData("set:A.b(65537..);wgmma", "A.b wgmma")]
    public void A_line_is_read(string text, string expected) =>
        Assert.Equal(expected, string.Join(", ", Read(text).Lines.Select(line => $"{line.Name.Text} {line.Feature?.Id ?? "none"}")));

    [Theory]
    [InlineData("entry:f", "\"entry:f\" names no feature and is ignored")]
    [InlineData("entry:f;", "\"entry:f;\" names no feature and is ignored")]
    [InlineData("entry:f;tcgen5", "there is no feature \"tcgen5\"; the line is ignored")]
    [InlineData("entry:;tcgen05", "\"entry:\" selects nothing; the line is ignored")]
    [InlineData("entry:*;tcgen05", "\"entry:*\" selects nothing; the line is ignored")]
    [InlineData("entry:!f;tcgen05", "\"entry:!f\" selects nothing; the line is ignored")]
    [InlineData("f;tcgen05", "\"f\" selects nothing; the line is ignored")]
    [InlineData("set:b(1);tcgen05", "\"set:b(1)\" selects nothing; the line is ignored")]
    [InlineData("set:A.b();tcgen05", "\"set:A.b()\" selects nothing; the line is ignored")]
    [InlineData("set:A.b;tcgen05", "\"set:A.b\" selects nothing; the line is ignored")]
    [InlineData("M:A.B versions ;tcgen05", "\"M:A.B versions\" selects nothing; the line is ignored")]
    [InlineData("M:A.B versions new;tcgen05", "\"M:A.B versions new\" selects nothing; the line is ignored")]
    [InlineData("call:f;tcgen05", "\"call:f\" selects nothing; the line is ignored")]
    [InlineData("call:f();tcgen05", "\"call:f()\" selects nothing; the line is ignored")]
    [InlineData("call:f(x=1);tcgen05", "\"call:f(x=1)\" selects nothing; the line is ignored")]
    [InlineData("call:f(0=3..1);tcgen05", "\"call:f(0=3..1)\" selects nothing; the line is ignored")]
    [InlineData("call:f(0=99999999999999999999);tcgen05", "\"call:f(0=99999999999999999999)\" selects nothing; the line is ignored")]
    public void A_malformed_line_is_told_with_its_place(string text, string wrong)
    {
        SymbolFile file = Read("# first\n" + text + "\nentry:good;wgmma");
        (TextSpan span, string said, string remedy) = Assert.Single(file.Problems);
        Assert.Equal(new TextSpan(8, text.Length), span);
        Assert.Equal(wrong, said);
        Assert.NotEmpty(remedy);
        Assert.Single(file.Lines);
    }

    [Fact]
    public void A_huge_line_is_not_read() => Assert.Equal("a line of 5000 characters is ignored", Assert.Single(Read(new string('x', 5000)).Problems).Wrong);

    [Theory]
    [InlineData("f", "f", true)]
    [InlineData("f", "F", false)]
    [InlineData("*_sm90a", "GEMM_SM90A", true)]
    [InlineData("*_sm90a", "_sm90a", true)]
    [InlineData("*_sm90a", "gemm_sm90ab", false)]
    [InlineData("sm100_*gemm*", "sm100_fp8_fp4_gemm_1d1d", true)]
    [InlineData("sm100_*gemm*", "sm100_gemm", true)]
    [InlineData("sm100_*gemm*", "xsm100_gemm", false)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*b*c", "abbc", true)]
    [InlineData("a*b*c", "acb", false)]
    public void Patterns_select_names(string pattern, string name, bool expected) => Assert.Equal(expected, new NamePattern(pattern).Matches(name));

    [Theory]
    [InlineData("libcublasLt.so.13", true)]
    [InlineData("/usr/lib/libcublasLt.so", true)]
    [InlineData("cublasLt64_13.dll", true)]
    [InlineData("cublasLt64_13", true)]
    [InlineData("CUBLASLT", true)]
    [InlineData("cublas", false)]
    [InlineData("cublasLtx", false)]
    public void Libraries_are_known_by_every_spelling(string name, bool expected) => Assert.Equal(expected, ImportName.Same("cublasLt", name));

    [Theory]
    [InlineData("gemm_tcgen05", "tcgen05")]
    [InlineData("gemm_tcgen05_supported", "")]
    [InlineData("is_tcgen05_available", "")]
    [InlineData("sm100_fp8_fp4_gemm_1d1d", "kernel.sm_100")]
    [InlineData("sm90_fp8_gemm_1d2d", "kernel.sm_90")]
    [InlineData("cutlass_scaled_fp4_mm_sm100a", "kernel.sm_100")]
    [InlineData("cutlass_scaled_fp4_mm_sm120a", "")]
    [InlineData("cutlass_scaled_fp4_mm", "")]
    [InlineData("sparse_mla_sm120_decode", "")]
    [InlineData("block_scale_interleave_sm100", "")]
    [InlineData("e2m1_and_ufp8sf_scale_to_float_sm100", "")]
    [InlineData("interleave_moe_weights_for_sm90_mixed_gemm", "")]
    [InlineData("fp4_gemm", "")]
    [InlineData("nvfp4_quantize", "")]
    [InlineData("fp4attn_cuda", "")]
    [InlineData("_qattn_sm90", "kernel.sm_90")]
    [InlineData("cuModuleGetFunction", "")]
    public void Native_names_need_what_they_need(string entryPoint, string feature) =>
        Assert.Equal(feature, string.Join(" ", new SymbolCatalog([]).OfImport(new NativeImport("kernels", entryPoint)).Select(line => line.Feature!.Id)));

    private static SymbolFile Read(string text) => SymbolFile.Of(SourceText.From(text));
}
