using System.Globalization;
using System.Text;
using Cluster.Node.Observation;
using Cluster.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cluster.Node.Tests.Observation;

/// <summary>Files of records: lines that stay whole, files that rotate, folders that cannot be written to.</summary>
public sealed class RotatingFileTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private int _dropped;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_full_file_is_put_aside_and_the_oldest_goes()
    {
        using (var sink = Sink(fileBytes: 40, files: 3))
        {
            for (var i = 0; i < 10; i++)
                Take(sink, "orders", string.Create(CultureInfo.InvariantCulture, $"{{\"number of the record\":{i}}}"));
        }

        // Each line has 26 bytes with its end: one to a file.
        Assert.Equal(["{\"number of the record\":9}"], Lines("orders.log"));
        Assert.Equal(["{\"number of the record\":8}"], Lines("orders.log.1"));
        Assert.Equal(["{\"number of the record\":7}"], Lines("orders.log.2"));
        Assert.False(File.Exists(_folder["logs/orders.log.3"]));
        Assert.Equal(0, _dropped);
    }

    [Fact]
    public void A_line_is_never_split_and_one_that_is_too_long_has_a_file_to_itself()
    {
        var longer = $"\"{new string('x', 200)}\"";
        using (var sink = Sink(fileBytes: 100, files: 4))
        {
            Take(sink, "s", "1", "2", longer, "3", "4");
        }

        Assert.Equal(["3", "4"], Lines("s.log"));
        Assert.Equal([longer], Lines("s.log.1"));
        Assert.Equal(["1", "2"], Lines("s.log.2"));
    }

    [Fact]
    public void With_one_file_the_full_one_goes()
    {
        using (var sink = Sink(fileBytes: 4, files: 1))
        {
            Take(sink, "s", "1", "2", "3");
        }

        Assert.Equal(["3"], Lines("s.log"));
    }

    [Fact]
    public void The_next_process_goes_on_behind_the_last_whole_line()
    {
        using (var sink = Sink())
        {
            Take(sink, "s", "1", "2");
        }

        File.AppendAllText(_folder["logs/s.log"], $"{{\"torn\":\"{new string('x', 10_000)}");
        using (var sink = Sink())
        {
            Take(sink, "s", "3");
        }

        Assert.Equal(["1", "2", "3"], Lines("s.log"));
        File.WriteAllText(_folder["logs/s.log"], "all of it is torn");
        using (var sink = Sink())
        {
            Take(sink, "s", "4");
        }

        Assert.Equal(["4"], Lines("s.log"));
    }

    [Fact]
    public void What_was_flushed_can_be_read_while_the_file_is_open()
    {
        using var sink = Sink();
        Take(sink, "s", "1");
        sink.Flush();
        Assert.Equal(["1"], Lines("s.log"));
    }

    [Fact]
    public void Only_the_user_and_the_group_can_read_records()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        using var sink = Sink();
        Take(sink, "s", "1");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(_folder["logs/s.log"]) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite));
    }

    [Fact]
    public void Nothing_is_made_before_the_first_record()
    {
        using (var sink = Sink())
        {
            sink.Flush();
        }

        Assert.False(Directory.Exists(_folder["logs"]));
    }

    [Theory]
    [InlineData("orders", "orders.log")]
    [InlineData("/aws/vendedlogs/states/orders", "%2Faws%2Fvendedlogs%2Fstates%2Forders.log")]
    [InlineData("a#b", "a%23b.log")]
    [InlineData("..", "...log")]
    [InlineData("../../etc/passwd", "..%2F..%2Fetc%2Fpasswd.log")]
    [InlineData("", "unnamed.log")]
    public void Each_log_group_has_a_file_of_its_name(string group, string name) => Assert.Equal(name, FileSink.NameOf(group));

    [Fact]
    public void Long_names_end_in_a_hash_and_stay_apart()
    {
        var one = FileSink.NameOf(new string('x', 500) + "1");
        var two = FileSink.NameOf(new string('x', 500) + "2");
        Assert.NotEqual(one, two);
        Assert.InRange(one.Length, 1, 200);
    }

    [Fact]
    public void Many_streams_take_turns_with_the_open_files()
    {
        const int Streams = FileSink.MostOpen * 3;
        using (var sink = Sink())
        {
            for (var round = 0; round < 2; round++)
            {
                for (var i = 0; i < Streams; i++)
                    Take(sink, string.Create(CultureInfo.InvariantCulture, $"s{i}"), string.Create(CultureInfo.InvariantCulture, $"{round}"));
            }
        }

        for (var i = 0; i < Streams; i++)
            Assert.Equal(["0", "1"], Lines(string.Create(CultureInfo.InvariantCulture, $"s{i}.log")));
    }

    [Fact]
    public void A_folder_that_another_process_writes_to_is_left_alone_and_what_is_lost_is_counted()
    {
        using var first = Sink();
        Take(first, "s", "1");
        var second = Sink();
        Take(second, "s", "2", "3");
        Assert.Equal(2, _dropped);
        second.Dispose();
        first.Flush();
        Assert.Equal(["1"], Lines("s.log"));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_drops_and_works_again_once_it_can()
    {
        File.WriteAllText(_folder["logs"], "in the way");
        using var sink = Sink();
        Take(sink, "s", "1");
        Assert.Equal(1, _dropped);
        File.Delete(_folder["logs"]);
        Take(sink, "s", "2");
        sink.Flush();
        Assert.Equal(["2"], Lines("s.log"));
        Assert.Equal(1, _dropped);
    }

    [Fact]
    public void A_full_disk_drops_and_goes_on_with_whole_lines_once_there_is_room()
    {
        using var disk = SmallDisk.TryMount(megabytes: 2, out var refusal);
        Assert.SkipWhen(disk is null, refusal ?? "");
        var line = $"\"{new string('x', 3_000)}\"";
        using (var sink = Sink(folder: disk![""]))
        {
            Take(sink, "s", "1", line);
            sink.Flush();
            disk.Fill();
            for (var i = 0; i < 10; i++)
            {
                Take(sink, "s", line);
                sink.Flush();
            }

            Assert.InRange(_dropped, 9, 10);
            disk.Empty();
            Take(sink, "s", "2");
        }

        var lines = File.ReadAllLines(disk["s.log"]);
        Assert.Equal(("1", "2", 13 - _dropped), (lines[0], lines[^1], lines.Length));
        Assert.All(lines[1..^1], whole => Assert.Equal(line, whole));
    }

    private FileSink Sink(long fileBytes = 1 << 20, int files = 3, string? folder = null) => new(
        new RecordSettings { To = RecordTarget.Files, Directory = folder ?? _folder["logs"], FileBytes = fileBytes, Files = files },
        count => _dropped += count,
        NullLogger.Instance);

    private static void Take(FileSink sink, string stream, params string[] lines)
    {
        foreach (var line in lines)
            sink.Take(stream, Encoding.UTF8.GetBytes(line));
    }

    private string[] Lines(string name) => File.ReadAllLines(_folder[$"logs/{name}"]);
}
