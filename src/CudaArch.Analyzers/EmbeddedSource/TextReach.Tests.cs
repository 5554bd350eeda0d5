using System.Collections.Immutable;
using CudaArch.Analyzers.Flow;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <content>The test before a text that lets a target through by mistake.</content>
internal sealed partial class TextReach
{
    /// <summary>
    /// The test in this file that lets a target through to what it should keep from it: devices that can run it come to it, those just before the first of these do not.
    /// A test for the target itself, and a lower threshold, were not meant as a guard.
    /// </summary>
    /// <param name="places">What must be reached: the branches that give a text, and the part of it that counts.</param>
    /// <param name="root">Where the text is put together.</param>
    /// <param name="target">The target, which comes to it.</param>
    /// <param name="canRun">Whether it runs on a device.</param>
    public SyntaxNode? TestBefore(ImmutableArray<SyntaxNode> places, SyntaxNode root, SmArchitecture target, Func<SmArchitecture, bool> canRun)
    {
        bool Comes(SmArchitecture device) => places.All(RunFor(device).Reaches) && IsTaken(root, RunFor(device), 0);

        // Most texts come about everywhere: whether they run is asked late.
        if (DeviceOrder.Devices.All(Comes) || DeviceOrder.LastBefore(canRun) is not { } before || before.Number == target.Number)
        {
            return null;
        }

        if (Comes(before) || !DeviceOrder.Devices.Any(device => canRun(device) && Comes(device)))
        {
            return null;
        }

        Run run = RunFor(target), other = RunFor(before);
        return places.FirstOrDefault(place => !other.Reaches(place)) is { } guarded ? Parting(guarded, run, other) : PartingOfUses(root, run, other, 0);
    }

    private static SyntaxNode? Parting(SyntaxNode place, Run run, Run other) =>
        run.Around(place) is { } body && other.Around(place) is { } otherBody ? PartingTest.Before(place, body, otherBody) : null;

    private SyntaxNode? PartingOfUses(SyntaxNode expression, Run run, Run other, int depth)
    {
        if (depth >= DeepestFollowing || expression.SyntaxTree != model.SyntaxTree || HolderOf(expression) is not ({ } holder, { } declaration))
        {
            return null;
        }

        foreach (SyntaxNode use in sources.UsesOf(holder, declaration, model, cancellation))
        {
            if (use.SyntaxTree == model.SyntaxTree && run.Reaches(use) && IsTaken(use, run, depth + 1))
            {
                return other.Reaches(use) ? PartingOfUses(use, run, other, depth + 1) : Parting(use, run, other);
            }
        }

        return null;
    }
}
