using System.Net;
using System.Net.Sockets;

namespace Cluster.Testing;

/// <summary>A port of the loopback that nobody listens on now.</summary>
public static class FreePort
{
    public static int Take()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
