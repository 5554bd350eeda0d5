using System.Runtime.InteropServices;

namespace CudaArch.Tool;

/// <summary>
/// Ctrl+C and the system's wish that the process ends, as a token. They are listened to from the moment that the token is asked for: that starts a thread, which a command that only prints a page need
/// not have.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _interrupt = new();
    private readonly Lazy<PosixSignalRegistration[]> _registrations;

    public Interruption() => _registrations = new(() => [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)]);

    /// <summary>Is cancelled when the process is to end.</summary>
    public CancellationToken Token
    {
        get
        {
            _ = _registrations.Value;
            return _interrupt.Token;
        }
    }

    // The command ends by itself, without a half-written report; asked again, it ends at once. Console.CancelKeyPress would set up the terminal first.
    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = !_interrupt.IsCancellationRequested;
        _interrupt.Cancel();
    }

    public void Dispose()
    {
        if (_registrations.IsValueCreated)
        {
            foreach (PosixSignalRegistration registration in _registrations.Value)
            {
                registration.Dispose();
            }
        }

        _interrupt.Dispose();
    }
}
