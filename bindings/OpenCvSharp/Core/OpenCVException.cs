namespace OpenCvSharp;

/// <summary>OpenCV refused a call or failed in it; the message is its own.</summary>
public class OpenCVException : Exception
{
    public OpenCVException(ErrorCode status, string funcName, string errMsg, string fileName, int line) : base(errMsg)
    {
        Status = status;
        FuncName = funcName;
        ErrMsg = errMsg;
        FileName = fileName;
        Line = line;
    }

    public ErrorCode Status { get; set; }

    /// <summary>The OpenCV function that failed, as far as OpenCV says.</summary>
    public string FuncName { get; set; }

    public string ErrMsg { get; set; }

    /// <summary>The source file in OpenCV.</summary>
    public string FileName { get; set; }

    public int Line { get; set; }
}
