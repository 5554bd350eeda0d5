using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;

namespace CudaArch.MSBuild.Reporting;

/// <summary>
/// Says the same words once a build, though the target frameworks of a project are built apart, on several nodes at once. Whoever speaks first holds a lock file
/// until the build ends; MSBuild then disposes it, and the system does when the process dies. Between builds nothing is held, so nothing is ever kept silent.
/// </summary>
/// <param name="engine">The build.</param>
/// <param name="folder">A folder that all target frameworks of the project share; empty when there is only one.</param>
internal sealed class BuildClaims(IBuildEngine engine, string? folder)
{
    /// <summary>Claims a text.</summary>
    /// <returns>False when this build has said it already. When that cannot be known, true: twice is better than never.</returns>
    public bool TryClaim(string text)
    {
        if (string.IsNullOrEmpty(folder) || engine is not IBuildEngine4 registry)
        {
            return true;
        }

        string file = Path.Combine(folder!, Name(text) + ".lock");
        if (registry.GetRegisteredTaskObject(file, RegisteredTaskObjectLifetime.Build) is not null)
        {
            return false;
        }

        try
        {
            Directory.CreateDirectory(folder!);
            var claim = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            registry.RegisterTaskObject(file, claim, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
            return true;
        }
        catch (IOException e)
        {
            return !IsHeldByAnother(e);
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
    }

    // ERROR_SHARING_VIOLATION; EWOULDBLOCK of flock on Linux and macOS.
    private static bool IsHeldByAnother(IOException e) => (e.HResult & 0xFFFF) is 32 or 11 or 35;

    private static string Name(string text)
    {
        using var sha = SHA256.Create();
        return BitConverter.ToString(sha.ComputeHash(Encoding.UTF8.GetBytes(text)), 0, 16).Replace("-", "");
    }
}
