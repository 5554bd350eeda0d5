namespace Microsoft.Build.Framework;

/// <summary>
/// Says that a task may run beside others in one process (<c>-mt</c>): it uses no current directory, no console, and changes no environment. MSBuild finds the attribute by its name;
/// its own assembly has it from 18.6 on, and this task is also loaded by older ones.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
