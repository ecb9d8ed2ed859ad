using System.Diagnostics;

namespace Seg.Models.Tests.Weights;

/// <summary>A test that asks Python's torch, and is skipped where there is none.</summary>
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        if (Python is null)
            Skip = "needs a python3 with torch";
    }

    /// <summary>A python3 that has torch; null where there is none.</summary>
    public static string? Python { get; } = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(python => Run(python, "import torch").ExitCode == 0);

    /// <summary>Runs a program; -1 where there is no such Python.</summary>
    public static (int ExitCode, string Output) Run(string python, string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", program]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "");
        }
    }
}
