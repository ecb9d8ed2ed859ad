namespace TorchSharp.Modules;

/// <summary>A module without parameters and buffers.</summary>
public interface IParameterLessModule;
