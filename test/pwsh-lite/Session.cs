using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PwshLite;

/// <summary>A session of the engine, run as pwsh runs one whose standard streams are redirected.</summary>
internal sealed class Session : IDisposable
{
    private readonly LiteHost host = new();
    private readonly Runspace runspace;

    public Session()
    {
        runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault2());
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        runspace.Open();
    }

    /// <summary>
    /// Runs commands from the input, a line each, until it ends or one of them exits. A line that is not complete
    /// begins a block that only an empty line ends. The exit code of the process.
    /// </summary>
    public int RunAll(TextReader input)
    {
        List<string>? block = null;
        while (host.ExitCode is null && input.ReadLine() is { } line)
        {
            if (block is null ? line.Trim().Length == 0 : line.Length > 0)
            {
                block?.Add(line);
                continue;
            }
            try
            {
                Run(block is null ? line : string.Join('\n', block));
                block = null;
            }
            catch (IncompleteParseException error)
            {
                if (block is not null) Report(error);
                block = block is null ? [line] : null;
            }
        }
        return ExitCode;
    }

    /// <summary>Runs one text. The exit code of the process.</summary>
    public int RunOne(string text)
    {
        Run(text);
        return ExitCode;
    }

    public void Dispose() => runspace.Dispose();

    private int ExitCode => host.ExitCode ?? (runspace.SessionStateProxy.GetVariable("?") is true ? 0 : 1);

    private void Run(string text)
    {
        // Only a command of the history leaves `$?` to the next one.
        using var pipeline = runspace.CreatePipeline(text, addToHistory: true);
        try
        {
            Show(pipeline);
        }
        catch (RuntimeException error) when (error is not IncompleteParseException)
        {
            Report(error);
        }
    }

    private void Report(RuntimeException error)
    {
        var command = new Command("[CmdletBinding()]param($Record) $PSCmdlet.WriteError($Record)", isScript: true);
        command.Parameters.Add("Record", error.ErrorRecord);
        command.Parameters.Add("ErrorAction", ActionPreference.Continue);
        using var pipeline = runspace.CreatePipeline();
        pipeline.Commands.Add(command);
        Show(pipeline);
    }

    /// <summary>Runs a pipeline whose results go to the host, its errors marked as such.</summary>
    private static void Show(Pipeline pipeline)
    {
        pipeline.Input.Close();
        pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.Commands.Add(new Command("Out-Default", isScript: false, useLocalScope: true));
        pipeline.Invoke();
    }
}
