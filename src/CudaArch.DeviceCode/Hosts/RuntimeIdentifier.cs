namespace CudaArch.DeviceCode.Hosts;

/// <summary>
/// A runtime identifier such as <c>linux-arm64</c> or <c>ubuntu.22.04-x64</c>, taken apart as far as it matters here: the system and the machine.
/// </summary>
public readonly record struct RuntimeIdentifier
{
    private static readonly string[] Machines = ["x64", "x86", "arm64", "arm", "armel", "armv6", "s390x", "ppc64le", "loongarch64", "riscv64", "wasm", "mips64"];

    // Distributions are Linux; a version may follow their name. Longer names stand before those that they begin with.
    private static readonly (string Name, string System)[] Systems =
    [
        ("win", "win"), ("osx", "osx"), ("maccatalyst", "osx"), ("ios", "ios"), ("iossimulator", "ios"), ("tvos", "tvos"), ("tvossimulator", "tvos"), ("android", "android"),
        ("freebsd", "freebsd"), ("illumos", "illumos"), ("solaris", "solaris"), ("haiku", "haiku"), ("browser", "browser"), ("wasi", "wasi"),
        ("linux", "linux"), ("linux-musl", "linux"), ("linux-bionic", "linux"), ("alpine", "linux"), ("arch", "linux"), ("centos", "linux"), ("debian", "linux"),
        ("fedora", "linux"), ("gentoo", "linux"), ("linuxmint", "linux"), ("manjaro", "linux"), ("ol", "linux"), ("opensuse", "linux"), ("rhel", "linux"),
        ("rocky", "linux"), ("sles", "linux"), ("tizen", "linux"), ("ubuntu", "linux"), ("almalinux", "linux"), ("azurelinux", "linux"), ("l4t", "linux"),
    ];

    private RuntimeIdentifier(string system, string machine)
    {
        System = system;
        Machine = machine;
    }

    /// <summary>The family of operating systems, such as <c>linux</c>.</summary>
    public string System { get; }

    /// <summary>The machine, such as <c>arm64</c>.</summary>
    public string Machine { get; }

    /// <summary>Reads an identifier that names a machine.</summary>
    /// <returns>False for text that is no such identifier, and for <c>any</c>, <c>unix</c> or <c>linux</c>, which fit every machine.</returns>
    public static bool TryParse(string text, out RuntimeIdentifier identifier)
    {
        identifier = default;
        int dash = text.LastIndexOf('-');
        if (dash <= 0)
        {
            return false;
        }

        string machine = text.Substring(dash + 1).ToLowerInvariant();
        string name = text.Substring(0, dash).ToLowerInvariant();
        if (Array.IndexOf(Machines, machine) < 0)
        {
            return false;
        }

        if (SystemOf(name) is not { } system)
        {
            return false;
        }

        identifier = new RuntimeIdentifier(system, machine);
        return true;
    }

    /// <summary>
    /// The identifier that a path names: <c>linux-arm64</c> in <c>runtimes/linux-arm64/native/libx.so</c>; the innermost one. Without one that names a machine, that of NuGet's folder, as
    /// <c>linux</c> in <c>runtimes/linux/native/libx.so</c>.
    /// </summary>
    /// <returns>The folder's name as it is written; null when no folder is called so.</returns>
    public static string? FindInPath(string path)
    {
        string[] segments = path.Split('/', '\\');

        // The last segment is the file.
        for (int i = segments.Length - 2; i >= 0; i--)
        {
            if (TryParse(segments[i], out _))
            {
                return segments[i];
            }
        }

        for (int i = segments.Length - 3; i >= 0; i--)
        {
            if (segments[i].Equals("runtimes", StringComparison.OrdinalIgnoreCase) && IsPortable(segments[i + 1].ToLowerInvariant()))
            {
                return segments[i + 1];
            }
        }

        return null;
    }

    private static bool IsPortable(string name) => name is "any" or "unix" || name.StartsWith("unix-", StringComparison.Ordinal) || SystemOf(name) is not null;

    /// <summary>
    /// Whether a file for one identifier is used on another: <c>linux-arm64</c>, <c>linux</c>, <c>unix</c>, <c>unix-arm64</c> and <c>any</c> all serve <c>linux-arm64</c>, as in NuGet's graph of identifiers.
    /// A name that means nothing here ties a file to no host.
    /// </summary>
    /// <param name="asset">What the file is for.</param>
    /// <param name="wanted">The host.</param>
    public static bool Serves(string asset, string wanted)
    {
        if (asset.Equals(wanted, StringComparison.OrdinalIgnoreCase) || asset.Equals("any", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (TryParse(asset, out RuntimeIdentifier file))
        {
            return TryParse(wanted, out RuntimeIdentifier same) && file == same;
        }

        // An operating system stands above its machines, Unix above all but Windows.
        string? system = TryParse(wanted, out RuntimeIdentifier host) ? host.System : SystemOf(wanted.ToLowerInvariant());
        string name = asset.ToLowerInvariant();
        return name == "unix" || name.StartsWith("unix-", StringComparison.Ordinal)
            ? system != "win" && (name == "unix" || host.Machine is null || name == "unix-" + host.Machine)
            : SystemOf(name) is not { } own || own == system;
    }

    // win10, osx.12, ubuntu.22.04 and such: the name, then its version.
    private static string? SystemOf(string name)
    {
        foreach ((string known, string system) in Systems)
        {
            if (name.StartsWith(known, StringComparison.Ordinal) && IsVersion(name, known.Length))
            {
                return system;
            }
        }

        return null;
    }

    private static bool IsVersion(string name, int from)
    {
        for (int i = from; i < name.Length; i++)
        {
            if (name[i] is not ((>= '0' and <= '9') or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
