namespace CudaArch.Tool.Output;

/// <summary>The pages of <c>docs/rules</c>, which are embedded in the command.</summary>
internal static class RulePages
{
    private const string Prefix = "rules/";

    /// <summary>The page of a rule in Markdown; null when there is none.</summary>
    public static string? Find(string id)
    {
        using Stream? stream = typeof(RulePages).Assembly.GetManifestResourceStream(Prefix + id + ".md");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
