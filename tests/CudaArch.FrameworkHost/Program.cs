using System.Reflection;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace CudaArch.FrameworkHost;

/// <summary>Loads the build task as MSBuild for .NET Framework does, by its path and with reflection, and runs it on files: TASK.dll PROJECT TARGETS FILE...</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        Type type = Assembly.LoadFrom(arguments[0]).GetType("CudaArch.MSBuild.VerifyCudaTargets", throwOnError: true);
        var task = (ITask)Activator.CreateInstance(type);
        task.BuildEngine = new ConsoleEngine();
        Set("Files", arguments.Skip(3).Select(file => (ITaskItem)new TaskItem(file, new Dictionary<string, string> { ["CudaArchItem"] = "CudaArchNativeFile" })).ToArray());
        Set("Targets", arguments[2]);
        Set("RuntimeIdentifiers", "linux-arm64;linux-x64;win-x64");
        Set("ProjectFile", arguments[1]);
        Set("UseCache", true);
        Set("CacheDirectory", Path.Combine(Path.GetDirectoryName(arguments[1]), "cache"));
        Set("Reports", new[] { ".html", ".sarif", ".json", ".md" }.Select(extension => Path.ChangeExtension(arguments[1], extension)).ToArray());
        Set("StateFile", arguments[1] + ".verified");
        bool succeeded = task.Execute();
        Console.WriteLine(succeeded ? "succeeded" : "failed");
        return succeeded ? 0 : 1;

        void Set(string property, object value) => type.GetProperty(property).SetValue(task, value);
    }
}
