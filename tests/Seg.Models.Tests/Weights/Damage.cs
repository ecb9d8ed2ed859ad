using FsCheck;
using FsCheck.Fluent;

namespace Seg.Models.Tests.Weights;

/// <summary>Cuts files off and changes bytes in them, as a bad disk or a broken download does.</summary>
internal static class Damage
{
    /// <summary>
    /// A damaged file is read, where the damage is in the numbers, or refused with an <see cref="InputException"/>: nothing else happens.
    /// </summary>
    public static void ReadsOrRefuses(byte[] whole, string path, Action<string> read)
    {
        for (var length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 300))
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.ThrowsAny<InputException>(() => read(path));
        }
        var changes = Gen.Choose(0, whole.Length - 1).SelectMany(_ => Gen.Choose(0, 255), (position, value) => (position, value)).ListOf(4);
        Prop.ForAll(changes.ToArbitrary(), list =>
        {
            var damaged = whole.ToArray();
            foreach (var (position, value) in list)
                damaged[position] = (byte)value;
            File.WriteAllBytes(path, damaged);
            try
            {
                read(path);
            }
            catch (InputException)
            {
                // As it should be. Any other exception fails the test.
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }
}
