namespace Seg.Models;

/// <summary>
/// Something the user gave is wrong: an argument, a configuration, a file. The message is one line that says what is wrong, where
/// (file, key, line) and what to do. The command line prints it and exits with 2; any other exception is a failure and exits with 1.
/// </summary>
public class InputException : Exception
{
    public InputException(string message) : base(message) { }

    public InputException(string message, Exception innerException) : base(message, innerException) { }
}
