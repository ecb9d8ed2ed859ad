using System.IO.Compression;
using System.Text;

namespace Seg.Models.Tests.Weights;

/// <summary>Checkpoints that torch.save would not write: a zip of .NET's around a pickle that is spelled out.</summary>
internal static class HandmadeCheckpoint
{
    /// <summary>The head of a pickle, up to an open dictionary of entries.</summary>
    public const string Start = "\x80\x02}(";

    /// <summary>A storage of as many float32 as <paramref name="count"/> says, key 0.</summary>
    public static string Storage(int count = 4, string type = "torch\nFloatStorage", string key = "0") =>
        $"({Text("storage")}c{type}\n{Text(key)}{Text("cpu")}{Integer(count)}tQ";

    /// <summary>A tensor of that storage.</summary>
    public static string Tensor(string storage, string shape, string strides, string more = "", string offset = "K\0") =>
        $"ctorch._utils\n_rebuild_tensor_v2\n({storage}{offset}({shape}t({strides}t\x89N{more}tR";

    public static string Text(string text) => $"X{Latin1(BitConverter.GetBytes(text.Length))}{text}";

    public static string Integer(int value) => $"J{Latin1(BitConverter.GetBytes(value))}";

    public static string Long(long value) => $"\x8a\x08{Latin1(BitConverter.GetBytes(value))}";

    public static byte[] Bytes(string pickle) => Encoding.Latin1.GetBytes(pickle);

    /// <summary>Writes the zip: the pickle and storages "0", "1", … of such lengths in bytes.</summary>
    public static string Write(string path, string pickle, params int[] storages) =>
        Write(path, CompressionLevel.NoCompression, [("x/data.pkl", Bytes(pickle)), .. storages.Select((length, index) => ($"x/data/{index}", new byte[length]))]);

    public static string Write(string path, CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        using var stream = File.Create(path);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using var entry = zip.CreateEntry(name, level).Open();
            entry.Write(content);
        }
        return path;
    }

    private static string Latin1(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
