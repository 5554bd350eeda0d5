namespace CudaArch.Tool;

/// <summary>How the command ends. Scripts rely on the numbers.</summary>
public static class ExitCodes
{
    /// <summary>Everything asked for was answered, and <c>verify</c> found every file covered.</summary>
    public const int Covered = 0;

    /// <summary><c>verify</c> found gaps of the kind that <c>--fail-on</c> names.</summary>
    public const int Gaps = 1;

    /// <summary>The command line was not understood, or names something that does not exist.</summary>
    public const int Usage = 2;

    /// <summary>A file could not be read in whole; the others were.</summary>
    public const int Unreadable = 3;

    /// <summary>Stopped by Ctrl+C or <c>SIGTERM</c>; shells number the former so.</summary>
    public const int Interrupted = 130;
}
