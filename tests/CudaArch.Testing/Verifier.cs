using System.Runtime.CompilerServices;
using Xunit.Sdk;

namespace CudaArch.Testing;

/// <summary>
/// Compares text with a committed snapshot, by Verify's method names and file conventions:
/// <c>TestClass.TestMethod[_parameters].verified.txt</c> beside the test file, and a <c>.received.txt</c> when they differ.
/// It stands in for <c>Verify.Xunit</c> until that package restores; then this file is deleted and the tests stay as they are.
/// </summary>
public static class Verifier
{
    /// <summary>Verifies text against its snapshot.</summary>
    /// <param name="target">What the test produced. Line ends are compared as <c>\n</c>.</param>
    /// <param name="parameters">Distinguishes the snapshots of one parameterised test.</param>
    /// <param name="extension">The snapshot's file extension, without a dot.</param>
    /// <param name="sourceFile">Filled in by the compiler.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <exception cref="XunitException">The snapshot is missing or differs.</exception>
    public static async Task Verify(
        string target, string? parameters = null, string extension = "txt", [CallerFilePath] string sourceFile = "", [CallerMemberName] string member = "")
    {
        string name = Path.GetFileNameWithoutExtension(sourceFile) + "." + member + (parameters is null ? "" : "_" + parameters);
        string stem = Path.Combine(Path.GetDirectoryName(sourceFile)!, name);
        string verified = $"{stem}.verified.{extension}", received = $"{stem}.received.{extension}";

        string actual = Normalize(target);
        string? expected = File.Exists(verified) ? Normalize(await File.ReadAllTextAsync(verified)) : null;
        if (actual == expected)
        {
            File.Delete(received);
            return;
        }

        await File.WriteAllTextAsync(received, actual);
        string what = expected is null ? "There is no snapshot yet." : FirstDifference(expected, actual);
        throw new XunitException($"{what}\nReceived: {received}\nVerified: {verified}\nIf the received text is right, rename it to the verified one.");
    }

    private static string Normalize(string text) => text.Replace("\r\n", "\n").TrimEnd('\n');

    private static string FirstDifference(string expected, string actual)
    {
        string[] left = expected.Split('\n'), right = actual.Split('\n');
        int line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line])
        {
            line++;
        }

        return $"Line {line + 1} differs.\nexpected: {left.ElementAtOrDefault(line) ?? "(end)"}\nactual:   {right.ElementAtOrDefault(line) ?? "(end)"}";
    }
}
