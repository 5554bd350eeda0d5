using CudaArch.Architectures;
using CudaArch.DeviceCode;

namespace CudaArch.Fuzz;

/// <summary>What must hold for every input, however it is made: <c>docs/robustness.md</c> states the bounds.</summary>
public sealed class FuzzCheck
{
    /// <summary>Bytes that one image may unpack to in these runs.</summary>
    public const int MaxImageSize = 4 << 20;

    /// <summary>Bytes that opening a file may allocate: a constant, and so many times its size.</summary>
    public const long OpenAllocation = 2 << 20, OpenAllocationTimesSize = 64;

    /// <summary>Bytes that one answer about one image may allocate: a constant, and so many times the size that an image may have.</summary>
    public const long ImageAllocation = 2 << 20, ImageAllocationTimesSize = 8;

    private const int MostImagesRead = 64;

    private static readonly SmArchitecture Target = new(12, 1);

    private static readonly DeviceCodeReaderOptions Options = new() { MaxImageSize = MaxImageSize, MaxMemberSize = 4 << 20, MaxUnpackedSize = 16 << 20 };

    /// <summary>Inputs that were opened, and those of which an image could be read.</summary>
    public long Opened { get; private set; }

    public long WithKernels { get; private set; }

    /// <summary>Reads everything there is in an input.</summary>
    /// <returns>What did not hold; null when all did.</returns>
    public string? Run(byte[] input)
    {
        try
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            using DeviceCodeFile file = DeviceCodeReader.Open(input, "input", Options);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated > OpenAllocation + (OpenAllocationTimesSize * input.Length))
            {
                return $"opening {input.Length} bytes allocated {allocated}";
            }

            Opened++;
            return ReadImages(file) ?? Judge(file);
        }
        catch (DeviceCodeException e)
        {
            return e.Message.Length > 0 && e.InnerException is null ? null : $"no message, or a failure of the platform: {e}";
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }

    private string? ReadImages(DeviceCodeFile file)
    {
        bool hasKernels = false;
        foreach (DeviceCodeImage image in file.Modules.SelectMany(module => module.Images).Take(MostImagesRead))
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            hasKernels |= image.ReadKernels() is { Count: > 0 };
            long names = GC.GetAllocatedBytesForCurrentThread();
            image.ReadKernelDetails();
            long details = GC.GetAllocatedBytesForCurrentThread();
            image.ReadText();
            long text = GC.GetAllocatedBytesForCurrentThread();
            long most = Math.Max(names - before, Math.Max(details - names, text - details));
            if (most > ImageAllocation + (ImageAllocationTimesSize * MaxImageSize))
            {
                return $"an answer about the {image.Kind.Word()} image at 0x{image.Offset:x} allocated {most} bytes";
            }
        }

        WithKernels += hasKernels ? 1 : 0;
        return null;
    }

    private static string? Judge(DeviceCodeFile file)
    {
        foreach (DeviceCodeFile part in file.Parts.Count == 0 ? [file] : file.Parts)
        {
            CoverageReport report = CoverageReport.For(part, Target);
            if (report.Modules.Count > part.Modules.Count)
            {
                return "the report has more modules than the file";
            }
        }

        return file.Problems.Any(problem => problem.Message.Length == 0 || problem.Offset < 0) ? "a problem without a place or a message" : null;
    }
}
