namespace OpenCvSharp;

/// <summary>A parameter of an encoder, such as JPEG's quality.</summary>
public record ImageEncodingParam(ImwriteFlags EncodingId, int Value);
