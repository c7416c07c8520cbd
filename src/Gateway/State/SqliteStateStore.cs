using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Gateway.State;

/// <summary>The embedded store: one SQLite file with a write-ahead log, or memory when there is no file.</summary>
/// <remarks>
/// One connection, one call at a time: the calls are few and short. SQLite has no asynchronous IO, so a call is over when it
/// returns; the file may be shared by several processes, which wait for each other at most <see cref="BusySeconds"/>.
/// </remarks>
public sealed class SqliteStateStore : IStateStore
{
    /// <summary>The file in the state directory.</summary>
    public const string FileName = "gateway.db";

    /// <summary>How long a call waits for another process that is writing, in seconds.</summary>
    private const int BusySeconds = 1;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB NOT NULL, expires INTEGER) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS logged (log TEXT, id INTEGER, entry BLOB NOT NULL, PRIMARY KEY (log, id)) WITHOUT ROWID;
        """;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;

    private SqliteStateStore(SqliteConnection connection, string place, TimeProvider time)
    {
        (_connection, Place, _time) = (connection, place, time);
        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
        Run(Schema);
    }

    public string Place { get; }

    public bool IsShared => false;

    /// <summary>Opens or makes the file in a directory, which is made too.</summary>
    /// <exception cref="SqliteException">The file is none of ours, or cannot be written.</exception>
    /// <exception cref="IOException">The directory cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be made.</exception>
    public static SqliteStateStore Open(string directory, TimeProvider time)
    {
        var path = Path.Combine(Directory.CreateDirectory(directory).FullName, FileName);
        return Open(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }, path, time);
    }

    /// <summary>A store that lasts as long as it is not disposed.</summary>
    public static SqliteStateStore InMemory(TimeProvider time) =>
        Open(new SqliteConnectionStringBuilder { DataSource = ":memory:", Pooling = false }, "memory", time);

    public ValueTask<Stored<byte[]?>> GetAsync(string key, CancellationToken cancel)
    {
        lock (_gate)
        {
            using var command = Command("SELECT value FROM kept WHERE key = $key AND (expires IS NULL OR expires > $now)");
            command.Parameters.AddWithValue("$key", key);
            command.Parameters.AddWithValue("$now", Now());
            return Reached(command.ExecuteScalar() as byte[]);
        }
    }

    public ValueTask<Stored<bool>> SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? expiry, CancellationToken cancel)
    {
        lock (_gate)
        {
            using var command = Command("""
                DELETE FROM kept WHERE expires <= $now;
                INSERT INTO kept (key, value, expires) VALUES ($key, $value, $expires)
                ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires;
                """);
            command.Parameters.AddWithValue("$key", key);
            command.Parameters.AddWithValue("$value", value.ToArray());
            command.Parameters.AddWithValue("$expires", expiry is { } span ? Now() + (long)span.TotalMilliseconds : DBNull.Value);
            command.Parameters.AddWithValue("$now", Now());
            command.ExecuteNonQuery();
            return Reached(true);
        }
    }

    public ValueTask<Stored<bool>> RemoveAsync(string key, CancellationToken cancel)
    {
        lock (_gate)
        {
            using var command = Command("DELETE FROM kept WHERE key = $key");
            command.Parameters.AddWithValue("$key", key);
            return Reached(command.ExecuteNonQuery() > 0);
        }
    }

    public ValueTask<Stored<IReadOnlyList<StoredValue>>> ListAsync(string prefix, CancellationToken cancel)
    {
        lock (_gate)
        {
            using var command = Command("""
                SELECT key, value FROM kept
                WHERE key >= $prefix AND substr(key, 1, length($prefix)) = $prefix AND (expires IS NULL OR expires > $now) ORDER BY key
                """);
            command.Parameters.AddWithValue("$prefix", prefix);
            command.Parameters.AddWithValue("$now", Now());
            using var rows = command.ExecuteReader();
            var found = new List<StoredValue>();
            while (rows.Read())
                found.Add(new StoredValue(rows.GetString(0), rows.GetFieldValue<byte[]>(1)));
            return Reached<IReadOnlyList<StoredValue>>(found);
        }
    }

    public ValueTask<Stored<LogPosition>> AppendAsync(string log, ReadOnlyMemory<byte> entry, int cap, CancellationToken cancel)
    {
        lock (_gate)
        {
            using var command = Command("""
                INSERT INTO logged (log, id, entry) SELECT $log, COALESCE(MAX(id), 0) + 1, $entry FROM logged WHERE log = $log RETURNING id
                """);
            command.Parameters.AddWithValue("$log", log);
            command.Parameters.AddWithValue("$entry", entry.ToArray());
            var id = (long)command.ExecuteScalar()!;
            using var trim = Command("DELETE FROM logged WHERE log = $log AND id <= $last");
            trim.Parameters.AddWithValue("$log", log);
            trim.Parameters.AddWithValue("$last", id - cap);
            trim.ExecuteNonQuery();
            return Reached(new LogPosition(id.ToString(CultureInfo.InvariantCulture)));
        }
    }

    public ValueTask<Stored<IReadOnlyList<LogEntry>>> ReadAsync(string log, LogPosition after, int most, CancellationToken cancel)
    {
        lock (_gate)
        {
            using var command = Command("SELECT id, entry FROM logged WHERE log = $log AND id > $after ORDER BY id LIMIT $most");
            command.Parameters.AddWithValue("$log", log);
            command.Parameters.AddWithValue("$after", long.TryParse(after.Text, CultureInfo.InvariantCulture, out var id) ? id : 0);
            command.Parameters.AddWithValue("$most", most);
            using var rows = command.ExecuteReader();
            var found = new List<LogEntry>();
            while (rows.Read())
                found.Add(new LogEntry(new LogPosition(rows.GetInt64(0).ToString(CultureInfo.InvariantCulture)), rows.GetFieldValue<byte[]>(1)));
            return Reached<IReadOnlyList<LogEntry>>(found);
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
            _connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private static SqliteStateStore Open(SqliteConnectionStringBuilder address, string place, TimeProvider time)
    {
        address.DefaultTimeout = BusySeconds;
        var connection = new SqliteConnection(address.ToString());
        try
        {
            connection.Open();
            return new SqliteStateStore(connection, place, time);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static ValueTask<Stored<T>> Reached<T>(T value) => ValueTask.FromResult(new Stored<T>(true, value));

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <param name="sql">A constant of this file: never put together from values.</param>
    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every caller passes a literal.
        command.CommandText = sql;
#pragma warning restore CA2100 // Elsewhere SQL is a literal where it is set.
        return command;
    }

    private void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }
}
