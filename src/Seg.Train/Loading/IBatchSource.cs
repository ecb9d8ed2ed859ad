using Seg.Train.Transforms;

namespace Seg.Train.Loading;

/// <summary>Where the samples of batches come from: a data set and what is made of its items for training. Used by several threads at a time.</summary>
internal interface IBatchSource
{
    /// <summary>Items; one sample each in an epoch.</summary>
    int Count { get; }

    /// <summary>Of the samples.</summary>
    BatchLayout Layout { get; }

    /// <summary>What messages call an item.</summary>
    string Name(int index);

    /// <summary>Makes the sample of an item.</summary>
    /// <param name="index">The item.</param>
    /// <param name="random">The sample's own sequence.</param>
    /// <param name="buffer">Receives image and targets.</param>
    /// <param name="sample">Its place in the buffer; others are filled at the same time.</param>
    /// <exception cref="Seg.Models.InputException">A file is faulty; the message names it.</exception>
    void Fill(int index, SplitMix64 random, BatchBuffer buffer, int sample);
}
