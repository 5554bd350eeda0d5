using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace CudaArch.Analyzers.Flow;

/// <summary>
/// What is known of locals, parameters, fields and compiler temporaries at a point of a body. A variable that is not in it has the value it had
/// when the body was entered.
/// </summary>
internal sealed class FlowState
{
    private static readonly ImmutableDictionary<object, FlowValue> NoVariables = ImmutableDictionary.Create<object, FlowValue>(new VariableComparer());

    private ImmutableDictionary<object, FlowValue> _variables;
    private bool _hasMembers;

    /// <summary>The state in which nothing was assigned.</summary>
    public FlowState()
        : this(NoVariables)
    {
    }

    private FlowState(ImmutableDictionary<object, FlowValue> variables) => _variables = variables;

    /// <summary>Whether control cannot come here: something before threw for certain.</summary>
    public bool IsDead { get; set; }

    /// <summary>The variables that were assigned.</summary>
    public IEnumerable<KeyValuePair<object, FlowValue>> Variables => _variables;

    /// <summary>A copy that changes independently.</summary>
    public FlowState Clone() => new(_variables) { IsDead = IsDead, _hasMembers = _hasMembers };

    /// <summary>What a local, parameter, field, property or capture holds; null when it was not assigned.</summary>
    public FlowValue? Find(object variable) => _variables.TryGetValue(variable, out FlowValue? value) ? value : null;

    /// <summary>Sets a variable.</summary>
    public void Set(object variable, FlowValue value)
    {
        _variables = _variables.SetItem(variable, value);
        _hasMembers |= variable is IFieldSymbol or IPropertySymbol;
    }

    /// <summary>Forgets the variables of a kind.</summary>
    public void Forget(Func<object, bool> which)
    {
        foreach (KeyValuePair<object, FlowValue> entry in _variables)
        {
            if (which(entry.Key))
            {
                _variables = _variables.Remove(entry.Key);
            }
        }
    }

    /// <summary>Forgets the fields and properties of a kind.</summary>
    public void ForgetMembers(Func<object, bool> which)
    {
        // Asked at each call, and most bodies have assigned none.
        if (_hasMembers)
        {
            Forget(which);
        }
    }

    /// <summary>Whether the same is known of all variables.</summary>
    public bool HoldsAs(FlowState other) =>
        Variables.All(entry => entry.Value.IsUnknown || entry.Value.Equals(other.Find(entry.Key))) && other.Variables.All(entry => entry.Value.IsUnknown || entry.Value.Equals(Find(entry.Key)));

    /// <summary>The state where another path meets this one, and whether it says less than this one.</summary>
    public FlowState Join(FlowState other, Action<FlowValue> lost, out bool changed)
    {
        changed = false;
        if (ReferenceEquals(_variables, other._variables))
        {
            return this;
        }

        ImmutableDictionary<object, FlowValue>.Builder joined = _variables.ToBuilder();
        foreach (KeyValuePair<object, FlowValue> entry in other._variables)
        {
            if (!_variables.TryGetValue(entry.Key, out FlowValue? own))
            {
                joined[entry.Key] = Entered(entry.Key) ? FlowValue.Unknown.Join(Kept(entry.Value)) : entry.Value;
                changed = true;
                continue;
            }

            FlowValue value = own.Join(entry.Value);
            if (!value.Equals(own))
            {
                Lose(own, value);
                Lose(entry.Value, value);
                joined[entry.Key] = value;
                changed = true;
            }
        }

        foreach (object key in _variables.Keys)
        {
            if (Entered(key) && !other._variables.ContainsKey(key) && !_variables[key].IsUnknown)
            {
                joined[key] = FlowValue.Unknown.Join(Kept(_variables[key]));
                changed = true;
            }
        }

        return new FlowState(joined.ToImmutable()) { _hasMembers = _hasMembers || other._hasMembers };

        void Lose(FlowValue before, FlowValue after)
        {
            if (before.Function is not null && after.Function is null)
            {
                lost(before);
            }
        }

        FlowValue Kept(FlowValue value)
        {
            if (value.Function is not null)
            {
                lost(value);
            }

            return value;
        }
    }

    // Locals and temporaries are assigned before they are read on every path; parameters and members have a value from the start.
    private static bool Entered(object variable) => variable is IParameterSymbol or IFieldSymbol or IPropertySymbol;

    private sealed class VariableComparer : IEqualityComparer<object>
    {
        bool IEqualityComparer<object>.Equals(object? x, object? y) =>
            x is ISymbol left && y is ISymbol right ? SymbolEqualityComparer.Default.Equals(left, right) : x is CaptureId && Equals(x, y);

        int IEqualityComparer<object>.GetHashCode(object obj) => obj is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : obj.GetHashCode();
    }
}
