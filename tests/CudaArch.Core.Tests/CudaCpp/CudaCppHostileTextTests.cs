using CsCheck;
using CudaArch.Architectures;
using CudaArch.CudaCpp;
using CudaArch.Testing;

namespace CudaArch.Core.Tests.CudaCpp;

/// <summary>Whatever the text, the judge gives an answer: it neither throws nor runs on and on.</summary>
public class CudaCppHostileTextTests
{
    private const string Kernel = "__global__ void k() { ";
    private const string Offender = "asm(\"tcgen05.wait::ld.sync.aligned;\"); }";

    private static readonly string[] Pieces =
    [
        "#if ", "#elif ", "#else\n", "#endif\n", "#define A A B\n", "#define B A(B)\n", "#define F(x, ...) x##x #x F(x) __VA_OPT__(A)\n", "F(", "A", ")", "(", "{", "}", "[", "]", "<", ">", "::", ";", ",",
        "\"", "'", "R\"(", ")\"", "\\\n", "\\", "/*", "*/", "//", "\n", "#", "##", "template", "template <", "typename T", "struct S", "class", "namespace N", "using ", "= ", "__global__ ", "__device__ ",
        "void f", "int x", "if constexpr ", "else ", "for", "while", "switch", "case 1:", "return ", "asm", "asm volatile(", "tcgen05.alloc", "%0", "%%", ":", "\"=r\"", "static_assert(", "sizeof", "__shared__ ",
        "alignas(", "operator", "[](auto x){", "...", "1", "0x", "1e", "1/0", "<<", "-1", "decltype(", "requires ", "\0", "\uFFFC", "\uD800", "é", "#include <cuda/ptx>\n", "NV_IF_TARGET(", "cuda::ptx::", "T::type",
    ];

    private static readonly Gen<string> Piece = Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]);

    [Fact]
    public void Any_sequence_of_pieces_is_judged() =>
        Piece.Array[0, 60].Sample(pieces => Judge(string.Concat(pieces)), iter: 3000);

    [Fact]
    public void Any_piece_within_a_kernel_is_judged() =>
        Piece.Array[0, 40].Sample(pieces => Judge(Kernel + string.Join(" ", pieces) + Offender), iter: 2000);

    [Fact]
    public void Every_source_of_the_corpus_is_judged_when_it_is_cut_off()
    {
        foreach (string path in Directory.GetFiles(Fixtures.PathOf("cuda-cpp-own"), "*.cu"))
        {
            string text = File.ReadAllText(path);
            for (int length = 0; length < text.Length; length += 7)
            {
                Judge(text[..length]);
                Judge(text[length..]);
            }
        }
    }

    public static TheoryData<string, string> Deep => new()
    {
        { "parentheses", Kernel + "x = " + new string('(', 50_000) + "1" + new string(')', 50_000) + "; " + Offender },
        { "open parentheses", Kernel + new string('(', 100_000) },
        { "braces", Kernel + new string('{', 50_000) + new string('}', 50_000) + Offender },
        { "negations", Kernel + "x = " + string.Concat(Enumerable.Repeat("! ", 50_000)) + "1; " + Offender },
        { "ternaries", Kernel + "x = " + string.Concat(Enumerable.Repeat("1 ? 2 : ", 50_000)) + "1; " + Offender },
        { "assignments", Kernel + "x " + string.Concat(Enumerable.Repeat("= x ", 50_000)) + "; " + Offender },
        { "else", Kernel + string.Concat(Enumerable.Repeat("if (y) ; else ", 50_000)) + ";" + Offender },
        { "lambdas", Kernel + string.Concat(Enumerable.Repeat("[&]{ ", 20_000)) },
        { "template arguments", "template <class T> struct W {}; " + Kernel + string.Concat(Enumerable.Repeat("W<", 30_000)) },
        { "template arguments closed", "template <class T> struct W {}; " + Kernel + string.Concat(Enumerable.Repeat("W<", 3_000)) + "int" + string.Concat(Enumerable.Repeat("> ", 3_000)) + " w; " + Offender },
        { "namespaces", string.Concat(Enumerable.Repeat("namespace n { ", 20_000)) },
        { "classes", string.Concat(Enumerable.Repeat("struct n { ", 20_000)) },
        { "conditionals", string.Concat(Enumerable.Repeat("#if 1\n", 50_000)) },
        { "condition", "#if " + new string('(', 100_000) + "1\n#endif\n" },
        { "condition of negations", "#if " + new string('!', 100_000) + "1\n#endif\n" },
        { "operators", Kernel + "x = 1" + string.Concat(Enumerable.Repeat(" + 1", 100_000)) + "; " + Offender },
        { "calls", string.Concat(Enumerable.Range(0, 2_000).Select(i => $"__device__ void f{i}();\n__device__ void f{i}() {{ f{i + 1}(); f{i + 2}(); }}\n")) + Kernel + "f0(); }" },
        { "recursion", "template <int N> __device__ int f() { return f<N + 1>() + f<N + 2>(); } " + Kernel + "f<0>(); }" },
        { "recursive constants", "constexpr int f(int n) { return f(n + 1) + f(n - 1); } constexpr int x = f(0); " + Kernel + "if (x) " + Offender },
        { "cyclic constants", "constexpr int a = b, b = a; template <class T> struct A : A<A<T>> { using t = typename A<T>::t; }; " + Kernel + "if (a) A<int>::t::go(); }" },
        { "cyclic aliases", "namespace a = b; namespace b = a; using t = u; using u = t; " + Kernel + "t x; a::f(); }" },
        { "inheritance", string.Concat(Enumerable.Range(0, 500).Select(i => $"struct S{i} : S{i + 1}, S{i + 2} {{ }};\n")) + Kernel + "S0 s; s.go(); S0::go(); }" },
        { "macros that double", string.Concat(Enumerable.Range(0, 60).Select(i => $"#define M{i + 1} M{i} M{i}\n")) + "#define M0 x\n" + Kernel + "M60; }" },
        { "macro arguments that double", "#define D(x) x x\n" + Kernel + string.Concat(Enumerable.Repeat("D(", 40)) + "x" + new string(')', 40) + "; }" },
        { "macro arguments that nest", "#define I(x) x\n" + Kernel + string.Concat(Enumerable.Repeat("I(", 5_000)) + "x" + new string(')', 5_000) + "; }" },
        { "macro that opens", "#define O (\n#define F(x) F O x\n" + Kernel + string.Concat(Enumerable.Repeat("F(", 200)) + "; }" },
        { "string", Kernel + "asm(\"" + new string('.', 200_000) + "\"); }" },
        { "strings", Kernel + "asm(" + string.Concat(Enumerable.Repeat("\"a\" ", 50_000)) + "); }" },
        { "raw string", Kernel + "asm(R\"" + new string('x', 100_000) },
        { "continuations", Kernel + string.Concat(Enumerable.Repeat("\\\n", 100_000)) + Offender },
        { "shared", Kernel + "__shared__ int a[1 << 30][1 << 30][1 << 30]; a[0] = 1; }" },
        { "unclosed templates", string.Concat(Enumerable.Repeat("template <class T, ", 20_000)) },
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public void Depth_and_length_are_bounded(string what, string text)
    {
        Assert.NotEmpty(what);
        Judge(text);
    }

    [Fact]
    public void A_kernel_behind_ten_megabytes_is_still_read_or_left()
    {
        string filler = string.Concat(Enumerable.Repeat("__device__ int f(int a, int b) { return a * b + 3; } // filler text\n", 150_000));
        Judge(filler + Kernel + Offender);
    }

    [Fact]
    public void A_name_with_a_hole_is_like_any_other() =>
        Assert.Equal(CudaCppVerdict.LacksHardware, CudaCppAnalyzer.Judge("__global__ void k_\uFFFC(float* x) { x[\uFFFC] = 1; " + Offender, new SmArchitecture(12, 1)).Verdict);

    [Fact]
    public void A_condition_with_a_hole_is_quiet() =>
        Assert.Equal(CudaCppVerdict.Runs, CudaCppAnalyzer.Judge("#if \uFFFC\n#define T 1\n#else\n#define E 1\n#endif\n" + Kernel + "\n#if defined(T) || defined(E)\nasm(\"tcgen05.wait::ld.sync.aligned;\");\n#endif\n}", new SmArchitecture(12, 1)).Verdict);

    [Theory]
    [InlineData("namespace N { void g() { } }")]
    [InlineData("int g() { return 1; }")]
    [InlineData("template <typename T> void g() { }")]
    [InlineData("struct S { int f() { return 1; } };")]
    [InlineData("struct S { operator int() { return 1; } }; S s;")]
    [InlineData("extern int g(int x);")]
    public void A_declaration_within_a_kernel_is_read_while_the_kernels_are_gone_through(string declaration)
    {
        string second = "__global__ void l() { " + Offender;
        CudaCppReport report = CudaCppAnalyzer.Judge(Kernel + declaration + " } " + second, new SmArchitecture(12, 1));
        Assert.Equal(CudaCppVerdict.LacksHardware, report.Verdict);
    }

    private static void Judge(string text)
    {
        CudaCppReport report = CudaCppAnalyzer.Judge(text, new SmArchitecture(12, 1));
        Assert.All(report.Offenders, offender => Assert.InRange(offender.Finding.Span.Start, 0, text.Length));
        Assert.All(report.Offenders, offender => Assert.InRange(offender.Finding.Span.End, 0, text.Length));
        Assert.Equal(report.Verdict == CudaCppVerdict.Runs, report.Offenders.Count == 0);
        Assert.True(Enum.IsDefined(report.Fallback));
    }
}
