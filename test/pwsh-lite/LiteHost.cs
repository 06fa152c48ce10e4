using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace PwshLite;

internal sealed class LiteHost : PSHost
{
    /// <summary>The code that a script gave to `exit`; null while none has.</summary>
    public int? ExitCode { get; private set; }

    public override string Name => "PwshLiteHost";

    public override Version Version { get; } = typeof(PSObject).Assembly.GetName().Version ?? new Version();

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    public override PSHostUserInterface UI { get; } = new ConsoleInterface();

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new PSNotSupportedException();

    public override void ExitNestedPrompt() => throw new PSNotSupportedException();

    public override void NotifyBeginApplication() { }

    public override void NotifyEndApplication() { }
}
