// Runs every analyzer over whole folders of C# sources, as they are, and prints what it reports: the way to find false alarms.
// usage: dotnet run --project tests/CudaArch.Accuracy -- [--targets sm_121;sm_100] [--times] FOLDER...
// Each folder is one compilation against the running framework; sources need not build. Exit status 1 when an analyzer threw.
using CudaArch.Accuracy;

string targets = "";
bool times = false;
var folders = new List<string>();
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--targets" when i + 1 < args.Length:
            targets = args[++i];
            break;
        case "--times":
            times = true;
            break;
        default:
            folders.Add(args[i]);
            break;
    }
}

if (folders.Count == 0 || folders.FirstOrDefault(folder => !Directory.Exists(folder)) is not null)
{
    Console.Error.WriteLine("usage: CudaArch.Accuracy [--targets T;T] [--times] FOLDER...   (every FOLDER must exist)");
    return 2;
}

bool threw = false;
foreach (string folder in folders)
{
    SourceRun run = await SourceRun.OfFolder(folder, targets);
    Console.WriteLine($"{folder}: {run.SourceFiles} files, {run.Reports.Count} reports, {run.Exceptions.Count} exceptions");
    foreach (string line in run.Exceptions.Concat(run.Reports))
    {
        Console.WriteLine("  " + line);
    }

    if (times)
    {
        foreach ((string analyzer, TimeSpan time) in run.Times)
        {
            Console.WriteLine($"  {time.TotalMilliseconds,8:F0} ms  {analyzer}");
        }
    }

    threw |= run.Exceptions.Count > 0;
}

return threw ? 1 : 0;
