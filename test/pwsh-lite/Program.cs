using System.Management.Automation;
using System.Text;

namespace PwshLite;

internal static class Program
{
    private static int Main(string[] given)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        Console.OutputEncoding = utf8;
        Options options;
        try
        {
            options = Options.Parse(given);
        }
        catch (ArgumentException error)
        {
            Console.Error.WriteLine(error.Message);
            return 64;
        }
        if (options.ShowVersion)
        {
            Console.Out.WriteLine($"PowerShell {PSVersion}");
            return 0;
        }
        using var session = new Session();
        if (options.Text is { } text) return session.RunOne(text);
        using var input = new StreamReader(Console.OpenStandardInput(), utf8);
        return session.RunAll(input);
    }

    private static object PSVersion => typeof(PSObject).Assembly
        .GetType("System.Management.Automation.PSVersionInfo")?.GetProperty("PSVersion")?.GetValue(null) ?? "";
}
