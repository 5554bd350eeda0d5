using CudaArch.Analyzers.FeatureUse;
using CudaArch.Analyzers.Tests.Testing;

namespace CudaArch.Analyzers.Tests.FeatureUse;

/// <summary>Lines of a catalog about members of .NET, whatever their documentation ids look like.</summary>
public sealed class DocumentedMemberTests
{
    [Theory]
    [InlineData("T:Lib.Kernels", "new Lib.Kernels()")]
    [InlineData("T:Lib.Kernels`1", "new Lib.Kernels<int>()")]
    [InlineData("M:Lib.Kernels.#ctor", "new Lib.Kernels()")]
    [InlineData("M:Lib.Kernels.Run``1(``0)", "Lib.Kernels.Run", "(1)")]
    [InlineData("P:Lib.Kernels.Item(System.Int32)", "new Lib.Kernels()[0]")]
    [InlineData("P:Lib.Kernels.Count", "Lib.Kernels.Count")]
    [InlineData("F:Lib.Kernels.Size", "Lib.Kernels.Size")]
    [InlineData("T:Lib.Kernels.Inner", "new Lib.Kernels.Inner()")]
    public Task A_line_selects_its_member(string id, string use, string rest = "")
    {
        string expression = $"{{|CUDA1001:{use}|}}{rest}";
        var test = new CudaTest<FeatureUseAnalyzer>($$"""
            class Cuda { object? M() => {{expression}}; }
            namespace Lib
            {
                class Kernels
                {
                    public static int Count => 1;
                    public static readonly int Size = 1;
                    public int this[int index] => index;
                    public static T Run<T>(T value) => value;
                    public static implicit operator int(Kernels kernels) => 0;
                    public class Inner { }
                }
                class Kernels<T> { }
                class Other { public static int Count => 1; public static int Size = 2; int N() => Count + Size; }
            }
            """);
        test.TestState.AdditionalFiles.Add(("CudaArch.Symbols.txt", id + ";wgmma;manual"));
        return test.RunAsync();
    }
}
