namespace CudaArch.DeviceCode.Containers;

/// <summary>A file inside a package, and which of the modules and problems found are its own.</summary>
/// <param name="Member">Its path inside the package.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Host">Its host; null when it could not be read as a whole.</param>
/// <param name="FirstModule">Index of its first module among all.</param>
/// <param name="ModuleCount">How many there are.</param>
/// <param name="FirstProblem">Index of its first problem among all.</param>
/// <param name="ProblemCount">How many there are.</param>
internal readonly record struct FilePart(string Member, long Size, Host? Host, int FirstModule, int ModuleCount, int FirstProblem, int ProblemCount);
