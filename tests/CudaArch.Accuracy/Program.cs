// Runs every analyzer over whole folders of C# sources, as they are, and prints what it reports: the way to find false alarms.
// With --seed it first puts faults into every place of their kind, and prints which were not found: the way to find misses.
// With --widen it puts a test that lets the target through before every option and PTX text, and the fault behind it: the report must stand at the test.
// usage: dotnet run --project tests/CudaArch.Accuracy -- [--seed|--widen] [--targets sm_121;sm_100] [--times] [--only ANALYZER] FOLDER...
// Each folder is one compilation against the running framework; sources need not build. Exit status 1 when an analyzer threw.
using CudaArch.Accuracy;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;

string targets = "", only = "";
bool times = false, seed = false, widen = false;
var folders = new List<string>();
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--targets" when i + 1 < args.Length:
            targets = args[++i];
            break;
        case "--only" when i + 1 < args.Length:
            only = args[++i];
            break;
        case "--seed":
            seed = true;
            break;
        case "--widen":
            widen = true;
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
    Console.Error.WriteLine("usage: CudaArch.Accuracy [--seed|--widen] [--targets T;T] [--times] [--only ANALYZER] FOLDER...   (every FOLDER must exist)");
    return 2;
}

bool failed = false;
foreach (string folder in folders)
{
    string name = Path.GetFileName(folder.TrimEnd('/', '\\')).Replace('+', '/');
    var faults = new List<SeededFault>();
    SourceRun run = await SourceRun.OfFolder(
        folder,
        targets,
        seed ? tree => SeededFaults.Seed(tree, faults) : widen ? tree => SeededFaults.Widen(tree, faults) : null,
        widen ? SeededFaults.DeviceSource : null,
        only);
    failed |= run.Exceptions.Count > 0;
    if (seed || widen)
    {
        // A widened guard is the fault itself; other faults may be reported at a test before them, with their own place beside it.
        ILookup<(string?, int), Diagnostic> places = run.Reports.Where(report => !widen || report.Id == RuleIds.CapabilityTest)
            .SelectMany(report => (widen ? [report.Location] : report.AdditionalLocations.Prepend(report.Location)).Select(location => (Report: report, Location: location)))
            .ToLookup(entry => (entry.Location.SourceTree?.FilePath, entry.Location.GetLineSpan().StartLinePosition.Line + 1), entry => entry.Report);
        List<SeededFault> missed = [.. faults.Where(fault => !places.Contains((fault.File, fault.Line)))];
        Console.WriteLine($"{name}: {run.SourceFiles} files, {faults.Count} seeded, {faults.Count - missed.Count} found, {run.Exceptions.Count} exceptions");
        foreach (IGrouping<string, SeededFault> kind in faults.GroupBy(fault => fault.Kind))
        {
            Console.WriteLine($"  {kind.Key}: {kind.Count()} seeded, {kind.Count(fault => !missed.Contains(fault))} found");
        }

        Print(run.Exceptions.Concat(missed.Select(fault => $"missed {fault.Kind}: {fault.File}({fault.Line}): {fault.Text}")));
    }
    else
    {
        Console.WriteLine($"{name}: {run.SourceFiles} files, {run.Reports.Count} reports, {run.Exceptions.Count} exceptions");
        Print(run.Exceptions.Concat(run.Reports.Select(report => report.ToString())));
    }

    if (times)
    {
        // On a machine that does other things, too, only this says something; less that of a run with --only AnnotationText, which does next to nothing.
        Console.WriteLine($"  {run.ProcessorTime.TotalMilliseconds,8:F0} ms  of processor time for all of the analysis");
        foreach ((string analyzer, TimeSpan time) in run.Times)
        {
            Console.WriteLine($"  {time.TotalMilliseconds,8:F0} ms  {analyzer}");
        }
    }
}

return failed ? 1 : 0;

static void Print(IEnumerable<string> lines)
{
    foreach (string line in lines)
    {
        Console.WriteLine("  " + line);
    }
}
