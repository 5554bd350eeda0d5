using System.Text.RegularExpressions;
using Spectre.Console;

namespace CudaArch.Tool.Output;

/// <summary>Shows a documentation page: as it is in a pipe, with headings and code set apart in a terminal.</summary>
internal static partial class MarkdownText
{
    /// <summary>Writes a page.</summary>
    public static void Write(string markdown, ToolConsole console)
    {
        string[] lines = markdown.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        if (!console.IsTerminal)
        {
            foreach (string line in lines)
            {
                console.Out.WriteLine(line);
            }

            return;
        }

        IAnsiConsole canvas = console.CreateCanvas(console.Out);
        bool isCode = false;
        foreach (string line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
                continue;
            }

            canvas.MarkupLine(isCode ? $"    [grey]{Markup.Escape(line)}[/]" : Prose(line));
        }
    }

    private static string Prose(string line)
    {
        if (line.StartsWith('#'))
        {
            return $"[bold]{Markup.Escape(line.TrimStart('#').Trim().Replace("`", ""))}[/]";
        }

        string text = Markup.Escape(Link().Replace(line, "$1 ($2)"));
        text = Code().Replace(text, "[green]$1[/]");
        return Strong().Replace(text, "[bold]$1[/]");
    }

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Strong();
}
