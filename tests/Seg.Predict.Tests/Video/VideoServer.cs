using System.Net;
using System.Net.Sockets;
using System.Text;
using OpenCvSharp;

namespace Seg.Predict.Tests.Video;

/// <summary>Sends video to whoever asks, over HTTP: a file whole, or JPEG frames without end, as network cameras do.</summary>
internal sealed class VideoServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, port: 0);
    private readonly byte[]? file;

    /// <param name="file">null: frames without end.</param>
    public VideoServer(byte[]? file = null)
    {
        this.file = file;
        listener.Start();
        _ = Task.Run(Serve);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Dispose() => listener.Dispose();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                _ = Task.Run(() => Answer(client));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Answer(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                await stream.ReadAtLeastAsync(new byte[4096], 4);
                if (file is not null)
                {
                    await Write(stream, $"HTTP/1.0 200 OK\r\nContent-Type: video/x-msvideo\r\nContent-Length: {file.Length}\r\n\r\n");
                    await stream.WriteAsync(file);
                    return;
                }
                await Write(stream, "HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n");
                for (var index = 0; ; index++)
                {
                    using Mat frame = new(48, 64, MatType.CV_8UC3, new Scalar(index % 200, 100, 50));
                    Cv2.ImEncode(".jpg", frame, out var jpeg);
                    await Write(stream, $"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {jpeg.Length}\r\n\r\n");
                    await stream.WriteAsync(jpeg);
                    await Write(stream, "\r\n");
                }
            }
            catch (IOException)
            {
                // Who asked has seen enough.
            }
        }
    }

    private static async Task Write(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
}
