using CsCheck;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.Tool.Tests.Verification;

public class KernelNameTests
{
    /// <summary>Names of kernels in real libraries and of each kind of type, against what <c>c++filt</c> makes of them, without the parameters.</summary>
    [Theory]
    [InlineData("vector_add", "vector_add")]
    [InlineData("_Z5scaleIfEvPT_S0_i", "scale<float>")]
    [InlineData("_ZN10torchaudio4rnnt11ReduceMax2DILi256EffEEviPKT0_PT1_", "torchaudio::rnnt::ReduceMax2D<256, float, float>")]
    [InlineData(
        "_Z24mxfp8_quantize_kernel_3dI13__nv_bfloat1613__nv_fp8_e4m3Lm32ELm1EL20ScaleCalculationMode1EEv14CUtensorMap_stS3_Phmmmmmm",
        "mxfp8_quantize_kernel_3d<__nv_bfloat16, __nv_fp8_e4m3, 32ul, 1ul, (ScaleCalculationMode)1>")]
    [InlineData(
        "_ZN3jax4cuda58_GLOBAL__N__3df7bc74_25_make_batch_pointers_cu_cc_40c36aef28MakeBatchPointersAsyncKernelEPcPPvll",
        "jax::cuda::(anonymous namespace)::MakeBatchPointersAsyncKernel")]
    [InlineData("_Z3runIPFvPfiEEvT_", "run<void (*)(float*, int)>")]
    [InlineData("_Z3runIJifdEEvDpT_", "run<int, float, double>")]
    [InlineData("_ZN1aIiE1bIS0_EEvv", "a<int>::b<a<int>>")]
    [InlineData("_Z1kIN2ns1TIPKfLin4EEES4_EvT0_", "k<ns::T<float const*, -4>, ns::T<float const*, -4>>")]
    [InlineData("_Z1kIA4_KiEvRT_", "k<int const [4]>")]
    [InlineData("_ZN4main1kIZNS_4callEvEUlPfiE_EEvT_", "main::k<main::call::{lambda(float*, int)#1}>")]
    [InlineData("_Z1kIXadL_Z6squarefEEEvv", "k<&square>")]
    [InlineData("_ZNSt6vectorIiSaIiEE4fillEv", "std::vector<int, std::allocator<int>>::fill")]
    public void Is_shown_as_it_was_written(string symbol, string expected) => Assert.Equal(expected, KernelName.Display(symbol));

    [Theory]
    [InlineData("_Z")]
    [InlineData("_Z9short")]
    [InlineData("_ZN1a1b")]
    [InlineData("_Z1kIXplT_Li1EEEvv")]
    [InlineData("_Z1kIS9_EvT_")]
    public void Stands_as_it_is_when_it_is_not_understood(string symbol) => Assert.Equal(symbol, KernelName.Display(symbol));

    [Fact]
    public void Text_that_doubles_itself_or_nests_without_end_stays_within_bounds()
    {
        // Each template argument list repeats the one before it twice.
        string doubling = "_ZN1a" + string.Concat(Enumerable.Range(0, 60).Select(i => $"I{Substitution(i)}{Substitution(i)}E1b")) + "Ev";
        Assert.True(KernelName.Display(doubling).Length <= 40_000);
        Assert.Equal(new string('P', 1), KernelName.Display("_Z1kI" + new string('P', 100_000) + "iEvv")[6..7]);

        static string Substitution(int i) => i == 0 ? "S_" : $"S{(i - 1 < 10 ? (char)('0' + i - 1) : (char)('A' + (i - 11) % 26))}_";
    }

    [Fact]
    public void Any_text_gives_an_answer() =>
        Gen.Char["_ZNIESTLKPJXU0123456789abcdefilvz"].Array[0, 60].Sample(symbol => Assert.NotNull(KernelName.Display("_Z" + new string(symbol))));
}
