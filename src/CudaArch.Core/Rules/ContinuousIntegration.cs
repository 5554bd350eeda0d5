namespace CudaArch.Rules;

/// <summary>Whether a build runs on a build server, where gaps are errors.</summary>
public static class ContinuousIntegration
{
    /// <summary>Environment variables that build servers set: <c>CI</c> (GitHub, GitLab and most others), <c>TF_BUILD</c> (Azure Pipelines).</summary>
    public static IReadOnlyList<string> EnvironmentVariables { get; } = ["CI", "TF_BUILD"];

    /// <summary>Whether a build server's variable is true.</summary>
    /// <param name="environment">Reads an environment variable; null when it is not set.</param>
    public static bool IsDetected(Func<string, string?> environment) => EnvironmentVariables.Any(name => IsTrue(environment(name)));

    /// <summary>Whether a value means true: <c>true</c> in any case, or <c>1</c>.</summary>
    public static bool IsTrue(string? value) =>
        value is not null && (value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase) || value.Trim() == "1");
}
