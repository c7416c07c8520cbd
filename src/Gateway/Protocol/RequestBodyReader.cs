using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Protocol;

/// <summary>Reads a request body whole, within the limit, into one pooled buffer.</summary>
public static class RequestBodyReader
{
    private const int FirstBuffer = 16 * 1024;

    /// <summary>What an announced length may claim before a byte of it has come; beyond it the buffer grows with the body.</summary>
    private const int LargestFirstBuffer = 1024 * 1024;

    /// <returns>The body, or the error to answer with: 408, 413 or 415.</returns>
    /// <exception cref="OperationCanceledException">The caller left.</exception>
    public static async ValueTask<(RequestBody? Body, ApiError? Error)> ReadAsync(HttpContext http, long limitBytes)
    {
        var request = http.Request;
        if (!Microsoft.Extensions.Primitives.StringValues.IsNullOrEmpty(request.Headers.ContentEncoding))
            return (null, ApiError.UnsupportedMedia("The request body must not be compressed: send it without Content-Encoding."));
        if (request.ContentLength > limitBytes)
            return (null, ApiError.TooLarge(limitBytes));
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = null;

        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(request.ContentLength ?? FirstBuffer, LargestFirstBuffer));
        var length = 0;
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(http.RequestAborted);
                if (length + read.Buffer.Length > limitBytes)
                {
                    request.BodyReader.AdvanceTo(read.Buffer.End);
                    return (null, ApiError.TooLarge(limitBytes));
                }

                (buffer, length) = Append(buffer, length, read.Buffer);
                request.BodyReader.AdvanceTo(read.Buffer.End);
                if (!read.IsCompleted)
                    continue;
                var body = new RequestBody(buffer, length);
                buffer = null;
                return (body, null);
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            return (null, ApiError.TooSlow());
        }
        catch (ConnectionResetException e)
        {
            // The server learns of it a moment after the reader does, and until then would take a lost caller for a failure
            // of ours and try to read the rest of its body.
            var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using (http.RequestAborted.Register(gone.SetResult))
                await gone.Task;
            throw Gone(e, http.RequestAborted);
        }
        catch (IOException e) when (!http.RequestAborted.IsCancellationRequested)
        {
            // Chunks that are none, mostly: the server's own exception for it derives from this one too.
            return (null, ApiError.BadRequest("invalid_body", $"The request body could not be read: {e.Message}"));
        }
        catch (IOException e)
        {
            throw Gone(e, http.RequestAborted);
        }
        finally
        {
            if (buffer is not null)
                ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static OperationCanceledException Gone(IOException e, CancellationToken aborted) =>
        new("The caller left while sending its request.", e, aborted);

    private static (byte[] Buffer, int Length) Append(byte[] buffer, int length, ReadOnlySequence<byte> arrived)
    {
        var needed = length + (int)arrived.Length;
        if (needed > buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, buffer.Length * 2));
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        arrived.CopyTo(buffer.AsSpan(length));
        return (buffer, needed);
    }
}
