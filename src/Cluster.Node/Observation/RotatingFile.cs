using System.Buffers;
using System.Globalization;

namespace Cluster.Node.Observation;

/// <summary>
/// A file of lines that is put aside when it is full: <c>x.log</c> becomes <c>x.log.1</c>, what was that <c>x.log.2</c>, and the oldest goes.
/// </summary>
/// <remarks>
/// A line is never split over two files, and one longer than a file may be has a file to itself. What a broken-off write left behind the last
/// whole line is cut off when the file is opened.
/// </remarks>
internal sealed class RotatingFile : IDisposable
{
    private const int MostBuffered = 64 * 1024;
    private const int BlockBytes = 4096;

    private readonly string _path;
    private readonly long _mostBytes;
    private readonly int _files;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private FileStream? _stream;
    private long _length;

    /// <summary>Opens no file yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">How long it may get.</param>
    /// <param name="files">How many there are, the one being written included.</param>
    public RotatingFile(string path, long mostBytes, int files)
    {
        _path = path;
        _mostBytes = mostBytes;
        _files = files;
    }

    /// <summary>How many lines wait in memory; after a failed write these are lost.</summary>
    public int Waiting { get; private set; }

    /// <summary>Takes a line.</summary>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not write there.</exception>
    public void Take(ReadOnlySpan<byte> line)
    {
        Waiting++;
        _stream ??= Open();
        var after = _length + _buffer.WrittenCount;
        if (after > 0 && after + line.Length + 1 > _mostBytes)
        {
            Flush();
            Waiting = 1;
            Rotate();
        }

        _buffer.Write(line);
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount > MostBuffered)
            Flush();
    }

    /// <summary>Writes what waits in memory.</summary>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    public void Flush()
    {
        if (_buffer.WrittenCount == 0)
            return;
        _stream!.Write(_buffer.WrittenSpan);
        _length += _buffer.WrittenCount;
        _buffer.ResetWrittenCount();
        Waiting = 0;
    }

    /// <summary>After a failure: forgets what waits, and opens the file anew with the next line.</summary>
    /// <returns>How many lines are lost.</returns>
    public int GiveUp()
    {
        var lost = Waiting;
        Waiting = 0;
        _buffer.ResetWrittenCount();
        _stream?.Dispose();
        _stream = null;
        return lost;
    }

    /// <summary>Closes the file; what waits in memory is forgotten.</summary>
    public void Dispose() => GiveUp();

    private FileStream Open()
    {
        // Its lines are gathered here: the stream needs no buffer of its own, and a full disk is known at once.
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 0,
        };

        // Records may hold inputs and outputs: they are for the process's user, and for a group that gathers logs.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        var stream = new FileStream(_path, options);
        try
        {
            _length = EndOfLines(stream);
            if (_length < stream.Length)
                stream.SetLength(_length);
            stream.Position = _length;
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private void Rotate()
    {
        _stream!.Dispose();
        _stream = null;
        if (_files == 1)
            File.Delete(_path);
        for (var number = _files - 1; number > 0; number--)
        {
            var from = number == 1 ? _path : Numbered(number - 1);
            if (File.Exists(from))
                File.Move(from, Numbered(number), overwrite: true);
        }

        _stream = Open();
    }

    private string Numbered(int number) => string.Create(CultureInfo.InvariantCulture, $"{_path}.{number}");

    /// <summary>The position behind the last line break.</summary>
    private static long EndOfLines(FileStream stream)
    {
        Span<byte> block = stackalloc byte[BlockBytes];
        for (var end = stream.Length; end > 0;)
        {
            var start = Math.Max(0, end - BlockBytes);
            var part = block[..(int)(end - start)];
            stream.Position = start;
            stream.ReadExactly(part);
            var last = part.LastIndexOf((byte)'\n');
            if (last >= 0)
                return start + last + 1;
            end = start;
        }

        return 0;
    }
}
