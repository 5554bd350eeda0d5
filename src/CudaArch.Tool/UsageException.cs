namespace CudaArch.Tool;

/// <summary>The command line names something that does not exist. The message is shown to the user as it is.</summary>
public sealed class UsageException(string message) : Exception(message);
