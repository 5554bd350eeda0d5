using CudaArch.Testing.Building;

namespace CudaArch.MSBuild.Tests;

/// <summary>Imports of libraries that nothing ships are information: what could not be checked.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly TaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatNothingShipsIsSaidAndWhatTheSystemHasIsNot()
    {
        var engine = new RecordingEngine();
        VerifyCudaTargets task = _folder.Task(engine, _folder.Content("runtimes/linux-x64/native/libggml-cuda.so", "native/native_121.so"));
        task.Assembly = _folder.Write("obj/App.dll", ManagedAssemblyBuilder.WithImports("ggml-cuda", "libggml-cuda.so.1", "cublas64_13", "kernels", "kernel32.dll", "libc", "nvcuda", "libcuda.so.1", "__Internal"));
        Assert.True(task.Execute());
        engine.EndBuild();

        Assert.Equal("", engine.Text);
        Assert.Equal(
            [
                "App.csproj: 'cublas64_13' is imported, and nothing in this build ships it: it must be on the machine that runs the program, and was not checked. Name the file in CudaArchNativeFile to have it checked.",
                "App.csproj: 'kernels' is imported, and nothing in this build ships it: it must be on the machine that runs the program, and was not checked. Name the file in CudaArchNativeFile to have it checked.",
            ],
            engine.Messages.Where(message => message.Contains("is imported")));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("text")]
    public void AnAssemblyThatCannotBeReadSaysNothing(string kind)
    {
        var engine = new RecordingEngine();
        VerifyCudaTargets task = _folder.Task(engine, _folder.Content("libfine.so", "native/native_121.so"));
        task.Assembly = kind == "none" ? Path.Combine(_folder.Root, "no.dll") : _folder.Write("obj/App.dll", "text"u8.ToArray());
        Assert.True(task.Execute());
        Assert.DoesNotContain(engine.Messages, message => message.Contains("is imported"));
        Assert.Equal("", engine.Text);
    }

    [Fact]
    public void ACancelledTaskStopsWithoutAWord()
    {
        var engine = new RecordingEngine();
        VerifyCudaTargets task = _folder.Task(engine, _folder.Content("libgaps.so", "native/none_86.so"));
        task.Cancel();
        Assert.False(task.Execute());
        Assert.Equal("", engine.Text);
        Assert.False(File.Exists(_folder.StateFile));
    }

    [Fact]
    public void BothTasksMayRunBesideOthersInOneProcess() => Assert.All(
        new[] { typeof(VerifyCudaTargets), typeof(CheckCudaConfiguration) },
        task => Assert.Contains(task.CustomAttributes, attribute => attribute.AttributeType.FullName == "Microsoft.Build.Framework.MSBuildMultiThreadableTaskAttribute"));
}
