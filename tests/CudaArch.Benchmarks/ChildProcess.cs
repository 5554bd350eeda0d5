using System.Diagnostics;
using System.Globalization;

namespace CudaArch.Benchmarks;

/// <summary>What a whole process cost, from its start to its end.</summary>
public readonly record struct ProcessCost(Cost Time, double PeakMegabytes);

/// <summary>Runs other programs.</summary>
public static class ChildProcess
{
    private const string Time = "/usr/bin/time";

    /// <summary>Whether the cost of processes can be measured: by GNU time.</summary>
    public static bool CanMeasure => File.Exists(Time);

    /// <summary>What a program prints; null when it cannot be started or fails.</summary>
    public static string? Output(string program, params string[] arguments)
    {
        try
        {
            using Process process = Start(program, arguments, keepsOutput: true);
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>What a program costs; its output goes nowhere.</summary>
    public static ProcessCost Measure(string program, params string[] arguments)
    {
        string report = Path.GetTempFileName();
        try
        {
            // The shell sends the output to nothing, so that no pipe slows the program down.
            string command = string.Join(' ', arguments.Prepend(program).Select(argument => $"'{argument.Replace("'", "'\\''")}'"));
            long start = Stopwatch.GetTimestamp();
            using Process process = Start("/bin/sh", ["-c", $"exec {Time} -o '{report}' -f '%U %S %M' {command} >/dev/null 2>&1"], keepsOutput: false);
            process.WaitForExit();
            double wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            double[] fields = [.. File.ReadLines(report).Last().Split(' ').Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
            return new ProcessCost(new Cost(wall, (fields[0] + fields[1]) * 1000), fields[2] / 1024);
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments, bool keepsOutput)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = keepsOutput, UseShellExecute = false };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");
    }
}
