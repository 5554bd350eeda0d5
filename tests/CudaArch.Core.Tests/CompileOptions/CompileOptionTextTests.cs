using CsCheck;
using CudaArch.Architectures;
using CudaArch.CompileOptions;

namespace CudaArch.Core.Tests.CompileOptions;

public class CompileOptionTextTests
{
    [Theory]
    [InlineData("--gpu-architecture=sm_100a", "sm_100a")]
    [InlineData("-arch=compute_100f", "compute_100f")]
    [InlineData("-arch sm_100a", "sm_100a")]
    [InlineData("--gpu-architecture\nsm_100a", "sm_100a")]
    [InlineData("-O3 --gpu-name=sm_90a -v", "sm_90a")]
    [InlineData("--gpu-name sm_90a", "sm_90a")]
    [InlineData("-arch=lto_90", "lto_90")]
    [InlineData("-gencode arch=compute_100a,code=sm_100a", "compute_100a sm_100a")]
    [InlineData("-gencode\narch=compute_100a,code=sm_100a", "compute_100a sm_100a")]
    [InlineData("-gencode=arch=compute_90,code=[sm_90,compute_90]", "compute_90 sm_90 compute_90")]
    [InlineData("-gencode=arch=compute_90,code=\\\"sm_90,compute_90\\\"", "compute_90 sm_90 compute_90")]
    [InlineData("--generate-code=arch=compute_75,code=sm_75 --generate-code arch=compute_90,code=lto_90", "compute_75 sm_75 compute_90 lto_90")]
    [InlineData("--gpu-architecture=compute_90 --gpu-code=sm_90,compute_90", "compute_90 sm_90 compute_90")]
    [InlineData("nvcc -ptx '-arch=sm_75' -o k.ptx k.cu", "sm_75")]
    [InlineData("/usr/local/cuda/bin/ptxas -arch sm_121 k.ptx", "sm_121")]
    [InlineData("arch=compute_103a,code=sm_103a", "compute_103a sm_103a")]
    [InlineData("TORCH_CUDA_ARCH_LIST=\"9.0a;10.0a+PTX\"", "9.0a 10.0a")]
    [InlineData("TORCH_CUDA_ARCH_LIST=8.0 9.0 make", "8.0 9.0")]
    [InlineData("cmake -DCMAKE_CUDA_ARCHITECTURES=90a-real;100-virtual -S .", "90a 100")]
    [InlineData("-DCMAKE_CUDA_ARCHITECTURES:STRING=120f", "120f")]
    [InlineData("CUDAFLAGS=-arch=sm_89", "sm_89")]
    [InlineData("Compile with -arch=sm_90.", "sm_90")]
    public void Finds_every_name_where_it_stands(string text, string names)
    {
        CompileOptionText options = CompileOptionText.Parse(text);
        Assert.Equal(names, string.Join(' ', options.Names.Select(name => text.Substring(name.Start, name.Length))));
        Assert.All(options.Names, name => Assert.Equal(SmArchitecture.Parse(text.Substring(name.Start, name.Length)), name.Architecture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sm_100a")]
    [InlineData("kernel.sm_100a.cubin")]
    [InlineData("-march=sm_100a")]
    [InlineData("my-arch=sm_100a")]
    [InlineData("-arch arm64")]
    [InlineData("-architecture=sm_100a")]
    [InlineData("-arch=sm_100ab")]
    [InlineData("-arch=sm_1000")]
    [InlineData("-arch=sm_9")]
    [InlineData("-arch=SM_90")]
    [InlineData("-arch")]
    [InlineData("-gencode")]
    [InlineData("-gencode arch=")]
    [InlineData("CMAKE_CUDA_ARCHITECTURES")]
    [InlineData("search=compute_90")]
    public void Finds_nothing_where_nothing_is_named(string text)
    {
        CompileOptionText options = CompileOptionText.Parse(text);
        Assert.Empty(options.Names);
        Assert.Empty(options.FaultsOn(ArchitectureCatalog.DefaultTarget));
    }

    [Theory]
    [InlineData("--gpu-architecture=sm_100a", "sm_121", "a cubin for sm_100a")]
    [InlineData("--gpu-architecture=sm_90", "sm_121", "a cubin for sm_90")]
    [InlineData("--gpu-architecture=sm_90", "sm_90", "")]
    [InlineData("--gpu-architecture=sm_120", "sm_121", "")]
    [InlineData("--gpu-architecture=sm_120f", "sm_121", "")]
    [InlineData("--gpu-architecture=sm_120a", "sm_121", "a cubin for sm_120a")]
    [InlineData("--gpu-architecture=sm_121a", "sm_121", "")]
    [InlineData("--gpu-architecture=compute_90", "sm_121", "")]
    [InlineData("--gpu-architecture=compute_90a", "sm_121", "PTX for compute_90a")]
    [InlineData("--gpu-architecture=compute_100f", "sm_121", "PTX for compute_100f")]
    [InlineData("--gpu-architecture=compute_100f", "sm_103", "")]
    [InlineData("--gpu-architecture=compute_121", "sm_90", "PTX for compute_121")]
    [InlineData("-dlto --gpu-architecture=sm_90", "sm_121", "")]
    [InlineData("-arch=lto_90a", "sm_121", "LTO-IR for compute_90a")]
    // nvcc's short form carries PTX; its long form makes what is listed.
    [InlineData("nvcc -arch=sm_90 k.cu", "sm_121", "")]
    [InlineData("nvcc -arch=sm_90a k.cu", "sm_121", "a cubin for sm_90a, PTX for compute_90a")]
    [InlineData("nvcc -cubin -arch=sm_90 k.cu", "sm_121", "a cubin for sm_90")]
    [InlineData("nvcc -ptx -arch=sm_90 k.cu", "sm_121", "")]
    [InlineData("nvcc -arch=compute_90 -code=sm_90 k.cu", "sm_121", "a cubin for sm_90")]
    [InlineData("-gencode arch=compute_90,code=sm_90", "sm_121", "a cubin for sm_90")]
    [InlineData("-gencode arch=compute_90,code=compute_90", "sm_121", "")]
    [InlineData("-gencode arch=compute_90", "sm_121", "")]
    [InlineData("-gencode=arch=compute_90,code=[sm_90,compute_90]", "sm_121", "")]
    [InlineData("-gencode arch=compute_80,code=sm_80 -gencode arch=compute_100a,code=sm_100a", "sm_121", "a cubin for sm_80, a cubin for sm_100a")]
    [InlineData("-gencode arch=compute_80,code=sm_80 -gencode arch=compute_121a,code=sm_121a", "sm_121", "")]
    [InlineData("-gencode arch=compute_100a,code=sm_100a", "sm_100", "")]
    // Lists of build systems.
    [InlineData("TORCH_CUDA_ARCH_LIST=9.0", "sm_121", "a cubin for sm_90")]
    [InlineData("TORCH_CUDA_ARCH_LIST=9.0+PTX", "sm_121", "")]
    [InlineData("TORCH_CUDA_ARCH_LIST=9.0a;10.0a+PTX", "sm_121", "a cubin for sm_90a, a cubin for sm_100a, PTX for compute_100a")]
    [InlineData("-DCMAKE_CUDA_ARCHITECTURES=90", "sm_121", "")]
    [InlineData("-DCMAKE_CUDA_ARCHITECTURES=90-real", "sm_121", "a cubin for sm_90")]
    [InlineData("-DCMAKE_CUDA_ARCHITECTURES=90-real;120-real", "sm_121", "")]
    // What is known only at run time, or is everything, is nobody's fault.
    [InlineData("-arch=sm_\uFFFC", "sm_121", "")]
    [InlineData("-arch=sm_{0}{1}", "sm_121", "")]
    [InlineData("-arch=native", "sm_121", "")]
    [InlineData("-arch=all-major -gencode arch=compute_90a,code=sm_90a", "sm_121", "")]
    [InlineData("-DCMAKE_CUDA_ARCHITECTURES=native", "sm_121", "")]
    [InlineData("-gencode arch=compute_90a,code=sm_90a -gencode arch=compute_\uFFFC,code=sm_\uFFFC", "sm_121", "")]
    // A tool that only looks at code.
    [InlineData("cuobjdump -arch sm_100a -sass x.so", "sm_121", "")]
    public void Judges_what_the_compiler_makes(string text, string device, string faults) =>
        Assert.Equal(faults, string.Join(", ", CompileOptionText.Parse(text).FaultsOn(SmArchitecture.Parse(device))));

    [Fact]
    public void A_known_compiler_decides_what_a_real_name_gives()
    {
        SmArchitecture spark = ArchitectureCatalog.DefaultTarget;
        Assert.Empty(CompileOptionText.Parse("-arch=sm_90", CompilerKind.Nvcc).FaultsOn(spark));
        Assert.Single(CompileOptionText.Parse("-arch=sm_90", CompilerKind.Nvrtc).FaultsOn(spark));
        Assert.Single(CompileOptionText.Parse("-arch=sm_90", CompilerKind.PtxAssembler).FaultsOn(spark));
        Assert.Empty(CompileOptionText.Parse("-arch=sm_90", CompilerKind.Inspector).FaultsOn(spark));
    }

    [Theory]
    [InlineData("Compile with -arch=sm_90 or newer", true)]
    [InlineData("Set TORCH_CUDA_ARCH_LIST=9.0 first", true)]
    [InlineData("-arch=sm_90 is what we want", false)]
    [InlineData("nvcc -arch=sm_90 k.cu", false)]
    [InlineData("cd build && nvcc -arch=sm_90 k.cu", false)]
    [InlineData("-O3 -arch=sm_90", false)]
    [InlineData("./build.sh -arch=sm_90", false)]
    [InlineData("CUDAFLAGS=-arch=sm_90", false)]
    [InlineData("\uFFFC -arch=sm_90 \uFFFC", false)]
    public void Tells_a_sentence_from_a_command(string text, bool prose) => Assert.Equal(prose, CompileOptionText.Parse(text).LooksLikeProse);

    [Theory]
    [InlineData("-arch=sm_100a", "sm_121", "sm_121a")]
    [InlineData("-arch=compute_100f", "sm_121", "compute_121f")]
    [InlineData("-arch=sm_90", "sm_121", "sm_121")]
    [InlineData("-arch=lto_90", "sm_121", "lto_121")]
    [InlineData("-arch=sm_100f", "sm_90", "sm_90a")]
    [InlineData("-arch=sm_100a", "sm_89", "sm_89")]
    [InlineData("TORCH_CUDA_ARCH_LIST=10.0a", "sm_121", "12.1a")]
    [InlineData("CMAKE_CUDA_ARCHITECTURES=100f-real", "sm_121", "121f")]
    public void Respells_a_name_for_another_architecture(string text, string target, string expected) =>
        Assert.Equal(expected, CompileOptionText.Parse(text).Names[^1].Respell(SmArchitecture.Parse(target)));

    [Fact]
    public void Names_stand_apart_and_in_order_whatever_the_text()
    {
        string[] parts =
        [
            "-arch", "--gpu-architecture", "-gencode", "arch=", "code=", ",", "=", " ", "\n", "sm_", "compute_90a", "sm_100", "[", "]", "\"", "\\", "\uFFFC", "9.0a", "90-real",
            "TORCH_CUDA_ARCH_LIST", "-DCMAKE_CUDA_ARCHITECTURES=", "all", "nvcc", "-ptx", ";", "+PTX", "{0}", "-code", "x",
        ];
        Check.Sample(Gen.Int[0, parts.Length - 1].Array[0, 30], indexes =>
        {
            string text = string.Concat(indexes.Select(index => parts[index]));
            CompileOptionText options = CompileOptionText.Parse(text);
            int end = 0;
            foreach (ArchitectureName name in options.Names)
            {
                Assert.True(name.Start >= end && name.End <= text.Length, text);
                end = name.End;
            }
        });
    }

    [Fact]
    public void Reads_ten_million_characters()
    {
        string text = string.Concat(Enumerable.Repeat("-arch sm_90 -gencode arch=compute_90,code= [", 250_000));
        Assert.True(CompileOptionText.Parse(text).Names.Count >= 250_000);
    }
}
