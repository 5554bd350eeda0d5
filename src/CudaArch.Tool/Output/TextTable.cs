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
    private readonly Table _table = new();
    private readonly int _width;

    public TextTable(params IReadOnlyCollection<string> columns)
    {
        _width = columns.Count;
        foreach (string column in columns)
        {
            _table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))));
        }
    }

    /// <summary>Aligns the numbers of a column.</summary>
    public void AlignRight(int column) => _table.Columns[column].Alignment = Justify.Right;

    /// <summary>Adds a row; missing cells are empty.</summary>
    public void Add(params IReadOnlyCollection<Cell> cells) =>
        _table.AddRow(cells.Concat(Enumerable.Repeat<Cell>("", _width - cells.Count)).Select(cell => new Text(cell.Text, cell.Colour is { } colour ? new Style(colour) : Style.Plain)));

    /// <summary>Writes the table.</summary>
    public void Write(ToolConsole console)
    {
        if (console.IsTerminal)
        {
            console.CreateCanvas(console.Out).Write(_table.Border(TableBorder.Rounded));
            return;
        }

        // Padding at the end of a line is noise in a file.
        var text = new StringWriter();
        console.CreateCanvas(text).Write(_table.Border(TableBorder.None));
        foreach (string line in text.ToString().TrimEnd().Split('\n'))
        {
            console.Out.WriteLine(line.TrimEnd());
        }
    }
}
