using System.Globalization;
using System.Runtime.CompilerServices;

namespace CudaArch.Benchmarks;

/// <summary>The minimal C program that reads the same headers; compiled here when there is a C compiler.</summary>
public sealed class Yardstick
{
    private readonly string _program;

    private Yardstick(string program) => _program = program;

    /// <summary>Compiles it; null when there is no C compiler.</summary>
    public static Yardstick? Compile()
    {
        string program = Path.Combine(Path.GetTempPath(), "cudaarch-yardstick-" + Environment.ProcessId);
        return ChildProcess.Output("cc", "-O2", "-o", program, Path.Combine(Folder(), "yardstick", "headers.c")) is null ? null : new Yardstick(program);
    }

    /// <summary>What it counts in a file, and what a pass costs.</summary>
    public (int Modules, int Images, long Bytes, Cost Cost) Run(string file, int passes)
    {
        string output = ChildProcess.Output(_program, file, passes.ToString(CultureInfo.InvariantCulture)) ?? throw new InvalidOperationException($"the yardstick fails on {file}");
        double[] fields = [.. output.Split(' ').Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
        return ((int)fields[0], (int)fields[1], (long)fields[2], new Cost(fields[3] / 1e6, fields[4] / 1e6));
    }

    private static string Folder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;
}
