using System.Net;
using System.Net.Sockets;

namespace Seg.Train.Distributed;

/// <summary>The address by which another machine reaches this one.</summary>
internal static class RankAddress
{
    private const int AnyPort = 9;

    /// <summary>That of the network interface over which packets to a host leave; nothing is sent.</summary>
    public static string Towards(string host)
    {
        try
        {
            var target = Dns.GetHostAddresses(host).OrderBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).First();
            using Socket socket = new(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(target, AnyPort);
            return ((IPEndPoint)socket.LocalEndPoint!).Address.ToString();
        }
        catch (Exception error) when (error is SocketException or InvalidOperationException)
        {
            return IPAddress.Loopback.ToString();
        }
    }
}
