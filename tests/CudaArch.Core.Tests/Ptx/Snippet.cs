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

    /// <summary>A whole text for a target, with the registers that the snippets use.</summary>
    public static string InKernel(string snippet, string target) => $$"""
        .version 9.5
        .target sm_{{target}}
        .address_size 64
        .visible .entry k()
        {
        .reg .b32 r<64>; .reg .b64 rd<32>; .reg .f32 f<64>; .reg .f64 d<32>; .reg .b16 h<64>; .reg .b8 q<16>; .reg .pred p<8>;
        .shared .align 128 .b8 sm[1024];
        { {{snippet}} }
        ret;
        }
        """;
}
