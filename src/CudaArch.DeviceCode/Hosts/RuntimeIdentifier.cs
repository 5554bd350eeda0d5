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

        foreach ((string known, string system) in Systems)
        {
            // win10, osx.12, ubuntu.22.04 and such: the name, then its version.
            if (name.StartsWith(known, StringComparison.Ordinal) && IsVersion(name, known.Length))
            {
                identifier = new RuntimeIdentifier(system, machine);
                return true;
            }
        }

        return false;
    }

    /// <summary>The identifier that a path names: <c>linux-arm64</c> in <c>runtimes/linux-arm64/native/libx.so</c>; the innermost one.</summary>
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
