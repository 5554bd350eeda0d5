using System.Resources;
using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.Resources;

/// <summary>The texts of the rules, from <c>Strings.resx</c>: <c>CUDA1001_Message</c>, <c>CUDA1001_Description</c>.</summary>
internal static class Strings
{
    private static readonly ResourceManager Manager = new("CudaArch.Analyzers.Resources.Strings", typeof(Strings).Assembly);

    /// <summary>A text by its name. A test reads every text of every descriptor, so that a misspelt name does not ship.</summary>
    public static LocalizableString Text(string name) => new LocalizableResourceString(name, Manager, typeof(Strings));
}
