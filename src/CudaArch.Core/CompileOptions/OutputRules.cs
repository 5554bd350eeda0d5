namespace CudaArch.CompileOptions;

/// <summary>What a compiler makes of the options that were found. Source: the nvcc manual, "Options for Steering GPU Code Generation"; nvrtc.h; nvJitLink.h; measured answers of each library.</summary>
internal static class OutputRules
{
    public static IReadOnlyList<CompileOutput> OutputsOf(OptionScanner scan, CompilerKind compiler, bool ptxOnly)
    {
        var outputs = new List<CompileOutput>();

        // Beside --gpu-code, --gpu-architecture only names the stage between.
        if (scan.Codes.Count == 0)
        {
            foreach (ArchitectureName name in scan.Architectures)
            {
                AddShorthand(outputs, name, scan, compiler, ptxOnly);
            }
        }
        else if (ptxOnly && scan.Architectures.Count > 0)
        {
            foreach (ArchitectureName name in scan.Architectures)
            {
                outputs.Add(new CompileOutput(CompiledKind.Ptx, name));
            }
        }
        else
        {
            AddCodes(outputs, scan.Codes);
        }

        foreach ((ArchitectureName? stage, List<ArchitectureName> codes) in scan.Generated)
        {
            if (ptxOnly && stage is { } ptx)
            {
                outputs.Add(new CompileOutput(CompiledKind.Ptx, ptx));
            }
            else if (codes.Count > 0)
            {
                AddCodes(outputs, codes);
            }
            else if (stage is { } name)
            {
                AddShorthand(outputs, name, scan, compiler, ptxOnly);
            }
        }

        outputs.AddRange(scan.Listed);
        return outputs;
    }

    private static void AddCodes(List<CompileOutput> outputs, List<ArchitectureName> codes)
    {
        foreach (ArchitectureName name in codes)
        {
            outputs.Add(new CompileOutput(KindOf(name.Form), name));
        }
    }

    private static CompiledKind KindOf(NameForm form) => form switch
    {
        NameForm.Virtual => CompiledKind.Ptx,
        NameForm.Lto => CompiledKind.LtoIr,
        _ => CompiledKind.Cubin,
    };

    private static void AddShorthand(List<CompileOutput> outputs, ArchitectureName name, OptionScanner scan, CompilerKind compiler, bool ptxOnly)
    {
        CompiledKind kind = KindOf(name.Form);
        if (kind != CompiledKind.Cubin)
        {
            outputs.Add(new CompileOutput(kind, name));
        }
        else if (ptxOnly)
        {
            outputs.Add(new CompileOutput(CompiledKind.Ptx, name));
        }
        else if (scan.LinkTimeOptimization && compiler is CompilerKind.Nvrtc or CompilerKind.Unknown)
        {
            outputs.Add(new CompileOutput(CompiledKind.LtoIr, name));
        }
        else
        {
            outputs.Add(new CompileOutput(CompiledKind.Cubin, name));

            // nvcc -arch=sm_90 is short for -arch=compute_90 -code=sm_90,compute_90.
            if (compiler == CompilerKind.Nvcc && !scan.CubinOnly && !scan.LinkTimeOptimization)
            {
                outputs.Add(new CompileOutput(CompiledKind.Ptx, name));
            }
        }
    }
}
