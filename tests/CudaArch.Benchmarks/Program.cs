using System.Runtime.InteropServices;
using CudaArch.Benchmarks;
using CudaArch.DeviceCode;

// dotnet run -c Release --project tests/CudaArch.Benchmarks -- [--native CUDAARCH] [--cuobjdump PATH] [--rounds N] FILE…
string? native = null, cuobjdump = null;
int rounds = 7;
var files = new List<string>();
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--native" when i + 1 < args.Length:
            native = args[++i];
            break;
        case "--cuobjdump" when i + 1 < args.Length:
            cuobjdump = args[++i];
            break;
        case "--rounds" when i + 1 < args.Length:
            rounds = int.Parse(args[++i]);
            break;
        case "--peak-of-kernels" when i + 1 < args.Length:
            // A child: reads all kernel names once and tells its own peak.
            using (DeviceCodeFile file = DeviceCodeReader.Open(args[++i]))
            {
                file.ReadAllKernels();
            }

            Console.WriteLine(Measure.PeakMemory());
            return 0;
        default:
            files.Add(args[i]);
            break;
    }
}

if (files.Count == 0)
{
    Console.Error.WriteLine("usage: [--native CUDAARCH] [--cuobjdump PATH] [--rounds N] FILE…");
    return 2;
}

Console.WriteLine($"{Machine.Describe()}; {RuntimeInformation.FrameworkDescription}; median of {rounds} rounds");
Yardstick? yardstick = Yardstick.Compile();
Console.WriteLine(yardstick is null ? "no C compiler: the comparison with the C program is left out" : "");
foreach (string path in files)
{
    Console.WriteLine($"\n{Path.GetFileName(path)} ({new FileInfo(path).Length / 1e6:F0} MB)");
    Listing.Run(path, yardstick, rounds);
    KernelNames.Run(path, rounds);
    WholeProcess.Run(path, native, cuobjdump, rounds);
}

return 0;
