using System.Runtime.InteropServices;

namespace SparkInference;

/// <summary>The native libraries that ship beside the program, and the two of NVIDIA that it finds on the machine.</summary>
internal static partial class NativeMethods
{
    /// <summary>Built for sm_121: runs.</summary>
    [LibraryImport("spark_attention", EntryPoint = "vector_add_launch")]
    internal static partial int Attention(nint query, nint key, nint value, int length);

    /// <summary>Built for sm_87 with PTX beside it: the driver compiles it on the first call.</summary>
    [LibraryImport("spark_tokenizer", EntryPoint = "vector_add_launch")]
    internal static partial int Tokenize(nint text, int length);

    /// <summary>Built for sm_87 only: no kernel image on a DGX Spark.</summary>
    [LibraryImport("spark_sampler", EntryPoint = "vector_add_launch")]
    internal static partial int Sample(nint logits, int count);

    [LibraryImport("nvrtc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int nvrtcCreateProgram(out nint program, string source, string name, int headers, nint sources, nint names);

    [LibraryImport("nvrtc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int nvrtcCompileProgram(nint program, int count, string[] options);

    [LibraryImport("cuda", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int cuModuleLoadData(out nint module, string image);
}
