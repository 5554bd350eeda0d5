namespace CudaArch.Core.Tests.Ptx;

/// <summary>Puts a measured snippet where its prefix says: behind a kernel's parameters (<c>entry:</c>), at module level, among the parameters, or in the body.</summary>
internal static class Snippet
{
    public static string InModule(string snippet) => snippet.Split(':', 2) switch
    {
        ["module", string code] => code,
        ["entry", string code] => $".visible .entry k(.param .u64 ptr) {code} {{ ret; }}",
        ["param", string code] => $".visible .entry k({code}) {{ ret; }}",
        _ => $".visible .entry k(.param .u64 ptr) {{ {snippet} ret; }}",
    };
}
