using System.Collections;
using Microsoft.Build.Framework;

namespace CudaArch.FrameworkHost;

/// <summary>A build that writes what a task says to the console.</summary>
internal sealed class ConsoleEngine : IBuildEngine
{
    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "CudaArch.targets";

    public void LogErrorEvent(BuildErrorEventArgs e) => Console.WriteLine($"{Path.GetFileName(e.File)} : error {e.Code}: {e.Message}");

    public void LogWarningEvent(BuildWarningEventArgs e) => Console.WriteLine($"{Path.GetFileName(e.File)} : warning {e.Code}: {e.Message}");

    public void LogMessageEvent(BuildMessageEventArgs e) => Console.WriteLine("message: " + e.Message);

    public void LogCustomEvent(CustomBuildEventArgs e) => Console.WriteLine("message: " + e.Message);

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) => false;
}
