using Spectre.Console;

namespace CudaArch.Tool.Output;

/// <summary>A cell of a table.</summary>
/// <param name="Text">Plain text, never read as markup.</param>
/// <param name="Colour">Its colour where colours are used.</param>
internal readonly record struct Cell(string Text, Color? Colour = null)
{
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>A table: bordered in a terminal, columns under each other in a pipe.</summary>
internal sealed class TextTable
{
    private readonly string[] _columns;
    private readonly List<Cell[]> _rows = [];
    private readonly HashSet<int> _alignedRight = [];

    public TextTable(params IReadOnlyCollection<string> columns)
    {
        _columns = [.. columns];
    }

    /// <summary>Aligns the numbers of a column.</summary>
    public void AlignRight(int column) => _alignedRight.Add(column);

    /// <summary>Adds a row; missing cells are empty.</summary>
    public void Add(params IReadOnlyCollection<Cell> cells) => _rows.Add([.. cells, .. Enumerable.Repeat<Cell>("", _columns.Length - cells.Count)]);

    /// <summary>Writes the table.</summary>
    public void Write(ToolConsole console)
    {
        if (console.IsTerminal)
        {
            WriteBordered(console);
        }
        else
        {
            WritePlain(console.Out);
        }
    }

    private void WriteBordered(ToolConsole console)
    {
        var table = new Table().Border(TableBorder.Rounded);
        for (int i = 0; i < _columns.Length; i++)
        {
            table.AddColumn(new TableColumn(new Text(_columns[i], new Style(decoration: Decoration.Bold))) { Alignment = _alignedRight.Contains(i) ? Justify.Right : null });
        }

        foreach (Cell[] row in _rows)
        {
            table.AddRow(row.Select(cell => new Text(cell.Text, cell.Colour is { } colour ? new Style(colour) : Style.Plain)));
        }

        console.CreateCanvas(console.Out).Write(table);
    }

    // Of a line that holds hundreds of kernels the layout of a terminal would take minutes, and padding at the end of a line is noise in a file.
    private void WritePlain(TextWriter output)
    {
        int[] widths = [.. _columns.Select((column, i) => Math.Max(column.Length, _rows.Select(row => row[i].Text.Length).DefaultIfEmpty().Max()))];
        foreach (string[] row in _rows.Select(row => row.Select(cell => cell.Text).ToArray()).Prepend(_columns))
        {
            output.WriteLine(string.Join(' ', row.Select((text, i) =>
                _alignedRight.Contains(i) ? text.PadLeft(widths[i]) : i == row.Length - 1 ? text : text.PadRight(widths[i]))).TrimEnd());
        }
    }
}
