using System.Globalization;
using System.Reflection;
using CudaArch.Rules;
using CudaArch.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.Tests;

/// <summary>A rule is a descriptor, an analyzer, a documentation page, a release line and tests. Whoever adds one and forgets a part fails here.</summary>
public sealed class RuleConsistencyTests
{
    private static readonly DiagnosticAnalyzer[] Analyzers =
        [.. typeof(CudaAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    private static readonly DiagnosticDescriptor[] All =
        [.. typeof(Descriptors).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (DiagnosticDescriptor)field.GetValue(null)!)];

    public static TheoryData<string> Ids => [.. All.Select(descriptor => descriptor.Id).Distinct()];

    [Theory, MemberData(nameof(Ids))]
    public void Every_id_is_in_the_list_of_ids(string id)
    {
        IEnumerable<string?> ids = typeof(RuleIds).GetFields().Select(field => (string?)field.GetRawConstantValue());
        Assert.Contains(id, ids);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Every_text_exists(string id)
    {
        foreach (DiagnosticDescriptor descriptor in Of(id))
        {
            Assert.NotEmpty(descriptor.Title.ToString(CultureInfo.InvariantCulture));
            Assert.NotEmpty(descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture));
            Assert.NotEmpty(descriptor.Description.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Every_rule_is_reported_by_an_analyzer(string id)
    {
        foreach (DiagnosticDescriptor descriptor in Of(id))
        {
            Assert.Contains(Analyzers, analyzer => analyzer.SupportedDiagnostics.Contains(descriptor));
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Every_rule_has_a_documentation_page_behind_its_link(string id)
    {
        DiagnosticDescriptor descriptor = Of(id).First();
        Assert.Equal(RuleIds.HelpLink(id), descriptor.HelpLinkUri);
        string page = Path.Combine(Fixtures.RepositoryRoot, "docs", "rules", id + ".md");
        Assert.True(File.Exists(page), $"{page} does not exist.");
        Assert.StartsWith($"# {id}: {descriptor.Title.ToString(CultureInfo.InvariantCulture)}\n", File.ReadAllText(page).ReplaceLineEndings("\n"));
    }

    [Theory, MemberData(nameof(Ids))]
    public void Every_rule_has_a_release_line_and_its_analyzers_have_tests(string id)
    {
        string folder = Path.Combine(Fixtures.RepositoryRoot, "src", "CudaArch.Analyzers");
        IEnumerable<string> lines = File.ReadLines(Path.Combine(folder, "AnalyzerReleases.Unshipped.md"))
            .Concat(File.ReadLines(Path.Combine(folder, "AnalyzerReleases.Shipped.md")));
        string[] cells = [.. Assert.Single(lines, line => line.StartsWith(id + " ", StringComparison.Ordinal)).Split('|').Select(cell => cell.Trim())];
        DiagnosticDescriptor[] descriptors = [.. Of(id)];
        Assert.Equal(descriptors[0].Category, cells[1]);
        string severity = descriptors.Max(descriptor => descriptor.DefaultSeverity).ToString();
        Assert.Equal(severity, cells[2]);
        Assert.Equal(severity, RuleCatalog.Get(id).LocalSeverity.ToString());

        string[] analyzers = [.. Analyzers
            .Where(analyzer => descriptors.Any(descriptor => analyzer.SupportedDiagnostics.Contains(descriptor)))
            .Select(analyzer => analyzer.GetType().Name)];
        Assert.Equal(analyzers.Order(StringComparer.Ordinal), cells[3].Split(", ").Order(StringComparer.Ordinal));
        Assert.All(analyzers, name => Assert.Contains(GetType().Assembly.GetTypes(), type => type.Name == name + "Tests"));
    }

    private static IEnumerable<DiagnosticDescriptor> Of(string id) => All.Where(descriptor => descriptor.Id == id);
}
