using CudaArch.Architectures;
using CudaArch.Data;

namespace CudaArch.Ptx;

/// <summary>A version of the PTX instruction set with the CUDA release and the driver branch that brought it; a row of <c>ptx-versions.csv</c>.</summary>
public sealed class PtxVersionInfo
{
    internal PtxVersionInfo(IReadOnlyDictionary<string, string> row)
    {
        Version = PtxVersion.Parse(row["ptx"]);
        CudaReleases = row["cuda"];
        DriverBranch = row["driver"].Length == 0 ? null : int.Parse(row["driver"], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The version.</summary>
    public PtxVersion Version { get; }

    /// <summary>The first CUDA release whose newest version it is.</summary>
    internal Version FirstCudaRelease => System.Version.Parse(CudaReleases.Split(' ')[0]);

    /// <summary>The CUDA releases whose newest version it is: <c>12.9</c>, <c>12.5 and 12.6</c>.</summary>
    public string CudaReleases { get; }

    /// <summary>The first driver branch that takes text of this version, <c>575</c>; null when it is not known.</summary>
    public int? DriverBranch { get; }
}

/// <summary>The table <c>ptx-versions.csv</c>: PTX versions, CUDA releases and driver branches.</summary>
public static class PtxVersions
{
    /// <summary>All known versions from 7.0 on, oldest first.</summary>
    public static IReadOnlyList<PtxVersionInfo> All { get; } = [.. EmbeddedCsv.Read("ptx-versions.csv").Select(row => new PtxVersionInfo(row))];

    /// <summary>The newest known version.</summary>
    public static PtxVersion Newest { get; } = All[All.Count - 1].Version;

    /// <summary>What is known of a version; null when nothing is.</summary>
    public static PtxVersionInfo? Find(PtxVersion version) => All.FirstOrDefault(info => info.Version == version);

    /// <summary>The newest PTX version that a driver branch such as 580 compiles; null for a branch before the first known one.</summary>
    public static PtxVersion? OfDriver(int branch) => All.LastOrDefault(info => info.DriverBranch <= branch)?.Version;

    /// <summary>
    /// The newest PTX version that a user's driver compiles, from what the user calls it: a driver (<c>580</c>, <c>580.95.05</c>) or the CUDA version that <c>nvidia-smi</c>
    /// shows for it (<c>13.0</c>).
    /// </summary>
    /// <param name="text">The driver or CUDA version.</param>
    /// <param name="version">The PTX version.</param>
    /// <returns>False when it is neither, or older than all that is known (CUDA 11.0, driver 445).</returns>
    public static bool TryParseDriver(string text, out PtxVersion version)
    {
        string[] parts = text.Trim().Split('.');
        bool isNumber = int.TryParse(parts[0], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int first);

        // CUDA versions have two digits, driver branches three.
        PtxVersion? found = !isNumber || parts.Length > 3 ? null
            : first >= 100 ? OfDriver(first)
            : System.Version.TryParse(parts.Length == 1 ? text.Trim() + ".0" : text.Trim(), out Version? cuda) ? All.LastOrDefault(info => info.FirstCudaRelease <= cuda)?.Version
            : null;
        version = found ?? default;
        return found is not null;
    }
}
