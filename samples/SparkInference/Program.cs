using SparkInference;

// What a small inference service does at start: compile a kernel, load another, call the native libraries.
// On a machine without an NVIDIA driver it says so and ends well; what is of interest here is what its build says.
if (!OperatingSystem.IsLinux() || !File.Exists("/dev/nvidiactl"))
{
    Console.WriteLine("No NVIDIA driver here, so nothing is loaded. Look at what the build said about a DGX Spark.");
    return 0;
}

int status = NativeMethods.nvrtcCreateProgram(out nint program, Kernels.Scale, "scale.cu", 0, 0, 0);
status |= NativeMethods.nvrtcCompileProgram(program, 2, ["--gpu-architecture=sm_100a", "--std=c++17"]);
status |= NativeMethods.cuModuleLoadData(out _, Kernels.TensorMemory);
status |= NativeMethods.Attention(0, 0, 0, 0) | NativeMethods.Tokenize(0, 0) | NativeMethods.Sample(0, 0);
Console.WriteLine(status == 0 ? "All kernels ran." : $"A CUDA call failed with status {status}.");
return status == 0 ? 0 : 1;
