#if NETFRAMEWORK
using System.Reflection;

namespace CudaArch.MSBuild.Loading;

/// <summary>
/// Lets the assemblies beside the task find each other on .NET Framework, which takes another version of an assembly than the one asked for only where a configuration file says so:
/// a program has one, a task has none. The libraries that the task uses ask for several versions of System.Memory and its like; the folder holds one.
/// </summary>
internal static class SiblingAssemblies
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(SiblingAssemblies).Assembly.Location) ?? "";

    /// <summary>Answers from now on when an assembly in the folder asks for another in it, in whatever version. Nobody else's requests are touched.</summary>
    public static void Serve() => AppDomain.CurrentDomain.AssemblyResolve += (_, request) => Find(request);

    private static Assembly? Find(ResolveEventArgs request)
    {
        if (request.RequestingAssembly is not { IsDynamic: false } asking || !Folder.Equals(Path.GetDirectoryName(asking.Location), StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string file = Path.Combine(Folder, new AssemblyName(request.Name).Name + ".dll");
        return File.Exists(file) ? Assembly.LoadFrom(file) : null;
    }
}
#endif
