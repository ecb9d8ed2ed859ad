using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Where a tensor's memory lies: "cpu", "cuda", "cuda:1".</summary>
    public class Device
    {
        /// <exception cref="ArgumentException">The text is no device.</exception>
        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            var parts = description.Split(':');
            // By its name alone: Enum.Parse would take a number too.
            if (parts.Length > 2 || !Enum.GetNames<DeviceType>().Contains(parts[0], StringComparer.OrdinalIgnoreCase))
                throw new ArgumentException($"'{description}' is no device; use cpu, cuda or cuda:N.", nameof(description));
            type = Enum.Parse<DeviceType>(parts[0], ignoreCase: true);
            if (parts.Length == 2)
            {
                if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                    throw new ArgumentException($"'{description}' is no device; a number must follow the colon.", nameof(description));
                index = number;
            }
        }

        public Device(string deviceType, int index = -1) : this(deviceType) => this.index = index;

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>The CUDA device of this number.</summary>
        public Device(int index) : this(DeviceType.CUDA, index) { }

        public DeviceType type { get; } = DeviceType.CPU;

        /// <summary>-1 for the current device of its type.</summary>
        public int index { get; } = -1;

        public override string ToString()
        {
            var name = type.ToString().ToLowerInvariant();
            return type == DeviceType.CPU || index == -1 ? name : $"{name}:{index}";
        }

        public static implicit operator Device(string description) => new(description);
    }

    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device META = new(DeviceType.META);

    public static Device CUDA { get; } = new(DeviceType.CUDA);

    public static Device MPS { get; } = new(DeviceType.MPS);

    public static Device device(string description) => new(description);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public static Device device(int index) => new(DeviceType.CUDA, index);
}
