using CudaArch.Architectures;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Verification;
using CudaArch.Tool.Comparison;

namespace CudaArch.Tool.Output;

/// <summary><c>cudaarch diff</c> for people: one line for each change of a file, and one for all that did not change.</summary>
internal static class DiffText
{
    private const int KernelsNamed = 5;

    /// <summary>Writes the answer.</summary>
    public static void Write(ToolConsole console, IReadOnlyList<SmArchitecture> targets, IReadOnlyList<FileChange> changes)
    {
        int unchanged = 0;
        foreach (FileChange file in changes)
        {
            bool changed = false;
            for (int i = 0; i < targets.Count; i++)
            {
                if (file.Targets[i].IsChange)
                {
                    changed = true;
                    console.Out.WriteLine(Printable.Text($"{(file.Targets[i].IsLoss ? "-" : "+")} {(file.Key.Length == 0 ? "" : file.Key + ", ")}{targets[i]}: {Describe(file.Targets[i])}"));
                }
            }

            unchanged += changed ? 0 : 1;
        }

        console.Out.WriteLine($"{unchanged} of {changes.Count} {(changes.Count == 1 ? "file" : "files")} with device code unchanged.");
    }

    private static string Describe(TargetChange change)
    {
        string coverage = change.Old == change.New ? $"{change.New}" : $"{Word(change.Old)} -> {Word(change.New)}";
        return coverage + Kernels("loses", change.Lost) + Kernels("gains", change.Gained);
    }

    private static string Kernels(string verb, IReadOnlyList<string> kernels) =>
        kernels.Count == 0 ? "" : $"; {verb} {kernels.Count} {(kernels.Count == 1 ? "kernel" : "kernels")}: {KernelList.Describe(kernels, KernelsNamed)}";

    private static string Word(FileCoverage? coverage) => coverage?.ToString() ?? "no file";
}
