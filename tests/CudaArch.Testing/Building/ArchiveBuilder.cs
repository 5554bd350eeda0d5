using System.Text;

namespace CudaArch.Testing.Building;

/// <summary>Builds static libraries with the member names of the three families of tools.</summary>
public static class ArchiveBuilder
{
    private const int LongestShortName = 15;

    /// <summary>As GNU <c>ar</c> does: short names end with a slash, long ones stand in a member <c>//</c>, each with a slash and a line end.</summary>
    public static byte[] Gnu(params (string Name, byte[] Bytes)[] members) => Build("!<arch>\n", members, "/\n", hasIndex: true, isThin: false);

    /// <summary>As <c>ar --thin</c> does: names of files, and not their bytes.</summary>
    public static byte[] Thin(params (string Name, byte[] Bytes)[] members) => Build("!<thin>\n", members, "/\n", hasIndex: true, isThin: true);

    /// <summary>As Microsoft's <c>lib</c> does: two indexes, and long names that end with NUL.</summary>
    public static byte[] Microsoft(params (string Name, byte[] Bytes)[] members) => Build("!<arch>\n", members, "\0", hasIndex: true, isThin: false, indexes: 2);

    /// <summary>As BSD and macOS do: long names stand in front of the member's bytes.</summary>
    public static byte[] Bsd(params (string Name, byte[] Bytes)[] members)
    {
        var file = new Bytes().Text("!<arch>\n");
        Member(file, "__.SYMDEF SORTED", [0, 0, 0, 0, 0, 0, 0, 0]);
        foreach ((string name, byte[] bytes) in members)
        {
            byte[] padded = new Bytes().Text(name).AlignTo(4).ToArray();
            Member(file, "#1/" + padded.Length, [.. padded, .. bytes]);
        }

        return file.ToArray();
    }

    private static byte[] Build(string magic, (string Name, byte[] Bytes)[] members, string nameEnd, bool hasIndex, bool isThin, int indexes = 1)
    {
        var file = new Bytes().Text(magic);
        for (int i = 0; hasIndex && i < indexes; i++)
        {
            Member(file, "/", [0, 0, 0, 0]);
        }

        var names = new StringBuilder();
        var fields = new List<string>();
        foreach ((string name, byte[] _) in members)
        {
            bool isLong = isThin || name.Length > LongestShortName;
            fields.Add(isLong ? "/" + names.Length : name + "/");
            names.Append(isLong ? name + nameEnd : "");
        }

        Member(file, "//", Encoding.UTF8.GetBytes(names.ToString()));
        for (int i = 0; i < members.Length; i++)
        {
            Member(file, fields[i], members[i].Bytes, isThin);
        }

        return file.ToArray();
    }

    private static void Member(Bytes file, string field, byte[] bytes, bool isThin = false)
    {
        file.Text(field, 16, ' ').Text("0", 12, ' ').Text("0", 6, ' ').Text("0", 6, ' ').Text("644", 8, ' ').Text(bytes.Length.ToString(), 10, ' ').Text("`\n");
        if (!isThin)
        {
            file.Add(bytes).AlignTo(2, (byte)'\n');
        }
    }
}
