using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace PwshLite;

/// <summary>
/// The streams of a PowerShell whose output is redirected: errors to stderr, all else to stdout, no progress, no
/// colours, and nobody to ask.
/// </summary>
internal sealed class ConsoleInterface : PSHostUserInterface
{
    public override PSHostRawUserInterface? RawUI => null;

    public override void Write(string value) => Console.Out.Write(Plain(value));

    public override void Write(ConsoleColor foreground, ConsoleColor background, string value) => Write(value);

    public override void WriteLine(string value) => Console.Out.WriteLine(Plain(value));

    public override void WriteErrorLine(string value) => Console.Error.WriteLine(Plain(value));

    public override void WriteWarningLine(string message) => WriteLine($"WARNING: {message}");

    public override void WriteVerboseLine(string message) => WriteLine($"VERBOSE: {message}");

    public override void WriteDebugLine(string message) => WriteLine($"DEBUG: {message}");

    public override void WriteProgress(long sourceId, ProgressRecord record) { }

    public override string ReadLine() => throw Refusal();

    public override SecureString ReadLineAsSecureString() => throw Refusal();

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions) => throw Refusal();

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw Refusal();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) => throw Refusal();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName,
        PSCredentialTypes types, PSCredentialUIOptions options) => throw Refusal();

    private static string Plain(string value) => new StringDecorated(value).ToString(OutputRendering.PlainText);

    private static PSInvalidOperationException Refusal() =>
        new("PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.");
}
