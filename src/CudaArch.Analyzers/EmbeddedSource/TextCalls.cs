using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>Which calls do no more with a text than look at it.</summary>
internal static class TextCalls
{
    /// <summary>Comparisons and searches, whatever their type.</summary>
    public static bool Compares(string method) => method is
        "Equals" or "ReferenceEquals" or "Compare" or "CompareTo" or "CompareOrdinal" or "SequenceEqual" or "Contains" or "ContainsAny" or "StartsWith" or "EndsWith" or "IndexOf" or
        "IndexOfAny" or "LastIndexOf" or "IsMatch" or "Match" or "Matches" or "ContainsKey" or "TryGetValue" or "GetHashCode" or "IsNullOrEmpty" or "IsNullOrWhiteSpace" or "Count" or "Any";

    /// <summary>Calls that search a text or take something from it, when they are made on text.</summary>
    public static bool Searches(string method) => method is
        "Replace" or "Split" or "Remove" or "Trim" or "TrimStart" or "TrimEnd" or "IndexOf" or "Substring" or "ContainsValue" or "TryGet" or "RemoveAll";

    /// <summary>Whether a type is one of text or of collections of text.</summary>
    public static bool IsTextType(string type) => type is
        "" or "String" or "string" or "StringBuilder" or "Regex" or "MemoryExtensions" or "MemoryExtensions.ReadOnlySpan" or "List" or "HashSet" or "Dictionary" or "IDictionary" or "ICollection" or
        "ISet" or "SortedSet" or "Enumerable.IEnumerable";

    /// <summary>Whether a call shows its text to people: consoles, logs, traces, test output, messages of exceptions.</summary>
    public static bool Shows(string method, string type, string receiver)
    {
        if (type is "Console" or "Debug" or "Trace" or "Debugger" or "TraceSource" or "AnsiConsole" or "EventLog" or "MessageBox" || receiver is "Console" or "Debug" or "Trace")
        {
            return true;
        }

        if (IsLog(type) || IsLog(receiver) || type.IndexOf("TestOutputHelper", StringComparison.Ordinal) >= 0)
        {
            return true;
        }

        bool logs = method.StartsWith("Log", StringComparison.Ordinal) && (method.Length == 3 || char.IsUpper(method[3]));
        return logs || method.StartsWith("Throw", StringComparison.Ordinal) || method is "Fail" or "Skip" or "Warn" or "Print" or "ShowMessage";
    }

    /// <summary>Whether a call or its type states what a test expects.</summary>
    public static bool Asserts(string method, string type) =>
        method.StartsWith("Should", StringComparison.Ordinal) || method.StartsWith("Assert", StringComparison.Ordinal) || method is "Expect" ||
        type.EndsWith("Assert", StringComparison.Ordinal) || type is "Assertions" or "Contract" or "Assertion";

    /// <summary>Whether a call gives the text of its arguments again, so that what becomes of the call's value matters.</summary>
    public static bool HandsOn(InvocationExpressionSyntax call)
    {
        string name = TextShapes.NameOf(call);
        return TextShapes.TakesText(name) ||
            (name is "Concat" or "Join" or "Format" && call.Expression is MemberAccessExpressionSyntax access && TextShapes.IsStringType(access.Expression));
    }

    // buildLog and ILogger, but neither catalog nor Logits.
    private static bool IsLog(string name) =>
        name.EndsWith("Log", StringComparison.Ordinal) || name is "log" or "_log" || name.IndexOf("logger", StringComparison.OrdinalIgnoreCase) >= 0 ||
        name.StartsWith("Logging", StringComparison.Ordinal);
}
