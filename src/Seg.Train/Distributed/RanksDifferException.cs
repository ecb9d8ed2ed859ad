using Seg.Models;

namespace Seg.Train.Distributed;

/// <summary>The ranks do not train the same on the same data. Every rank throws it, with one message.</summary>
public sealed class RanksDifferException(string message) : InputException(message);
