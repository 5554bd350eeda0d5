using System.Diagnostics;
using System.Globalization;
using CudaArch.Fuzz;

// dotnet run -c Release --project tests/CudaArch.Fuzz -- --iterations N [--format F] [--seed S] [--start I]
long iterations = 100_000, start = 0;
ulong seed = 1;
string? only = null;
for (int i = 0; i + 1 < args.Length; i += 2)
{
    switch (args[i])
    {
        case "--iterations":
            iterations = long.Parse(args[i + 1], CultureInfo.InvariantCulture);
            break;
        case "--format":
            only = args[i + 1];
            break;
        case "--seed":
            seed = ulong.Parse(args[i + 1], CultureInfo.InvariantCulture);
            break;
        case "--start":
            start = long.Parse(args[i + 1], CultureInfo.InvariantCulture);
            break;
        default:
            return Usage($"unknown option {args[i]}");
    }
}

FuzzFormat[] formats = [.. FuzzFormat.All.Where(format => only is null || format.Name == only)];
if (formats.Length == 0 || args.Length % 2 != 0)
{
    return Usage(formats.Length == 0 ? $"no format {only}" : "an option lacks its value");
}

// The iterations are split evenly among the formats, and each format's into pieces, so that a long run tells how it goes.
const long Piece = 100_000;
int exitCode = 0;
long total = 0;
var clock = Stopwatch.StartNew();
for (long done = 0; done < iterations / formats.Length; done += Piece)
{
    foreach (FuzzFormat format in formats)
    {
        long count = Math.Min(Piece, (iterations / formats.Length) - done);
        FuzzResult result = FuzzRun.Run(format, seed, start + done, count, index =>
        {
            Console.Error.WriteLine($"{format.Name} {index} (seed {seed}): hangs");
            Environment.Exit(3);
        });
        total += result.Inputs;
        Console.WriteLine(
            $"{clock.Elapsed:hh\\:mm\\:ss} {format.Name,-8} from {start + done}: {result.Inputs} inputs, {result.Opened} opened, {result.WithKernels} with kernels, slowest {result.Slowest.TotalMilliseconds:F0} ms, {result.Failures.Count} failures; {total} in all");
        foreach ((long index, string failure) in result.Failures)
        {
            exitCode = 1;
            string path = $"fuzz-{format.Name}-{seed}-{index}.bin";
            File.WriteAllBytes(path, new Mutator(format).Make(FuzzRandom.For(seed, format.Name, index)));
            Console.Error.WriteLine($"{path}: {failure}");
        }
    }
}

return exitCode;

static int Usage(string message)
{
    Console.Error.WriteLine($"{message}\nusage: --iterations N [--format {string.Join('|', FuzzFormat.All.Select(format => format.Name))}] [--seed S] [--start I]");
    return 2;
}
