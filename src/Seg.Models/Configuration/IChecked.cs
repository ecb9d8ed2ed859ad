namespace Seg.Models.Configuration;

/// <summary>A record of the configuration with rules of its own about its values; they are checked as soon as it has been read.</summary>
public interface IChecked
{
    /// <summary>What is wrong with the values; empty where all is well.</summary>
    IEnumerable<ConfigFault> Faults();
}
