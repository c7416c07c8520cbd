using System.Runtime.CompilerServices;
using Gateway.Accounting;
using Gateway.Cache;
using Gateway.Delivery;
using Gateway.Dispatch;
using Gateway.Guarding;
using Gateway.Protocol;

namespace Gateway.Completions;

/// <summary>The life of a chat request, top to bottom.</summary>
public sealed class CompletionFlow(Planner planner, GuardSide guards, CacheSide cache, Dispatcher dispatcher, CallerSide caller, Ledger ledger)
{
    public async Task RunAsync(Exchange exchange)
    {
        try
        {
            if (await AdmitAsync(exchange) is { } refused)
                await caller.RefuseAsync(exchange, refused);
            else
                await AnswerAsync(exchange);
        }
        catch (OperationCanceledException) when (exchange.CallerGone.IsCancellationRequested)
        {
            // The caller left: nobody's failure, and nobody to tell.
        }
        finally
        {
            cache.Close(exchange);
            guards.Close(exchange);
            ledger.Account(exchange);
            exchange.Judging?.Dispose();
            exchange.Blocks?.Dispose();
            exchange.Body?.Dispose();
        }
    }

    /// <returns>Why the request is turned away; null when it may go on.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ApiError?> AdmitAsync(Exchange exchange) =>
        await RequestIntake.AcceptAsync(exchange)
        ?? planner.Resolve(exchange)
        ?? await guards.InspectAsync(exchange);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AnswerAsync(Exchange exchange)
    {
        var known = await cache.LookUpAsync(exchange);
        // Where nobody upstream has to be asked, there is nothing to do while a verdict is on its way.
        if (CacheSide.HasAnswer(exchange) && await guards.ConfirmAsync(exchange) is { } denied)
        {
            await caller.RefuseAsync(exchange, denied);
            return;
        }

        if (known is not null)
        {
            await caller.RepeatAsync(exchange, known);
            return;
        }

        await using var events = caller.Open(exchange);
        if (await caller.FollowAsync(exchange, events))
            return;
        if (planner.Plan(exchange) is { } unplannable)
        {
            await caller.RefuseAsync(exchange, unplannable, events);
            return;
        }

        using var answer = await dispatcher.DispatchAsync(exchange);
        if (await guards.ConfirmAsync(exchange) is { } late)
        {
            await caller.RefuseAsync(exchange, late, events);
            return;
        }

        await caller.DeliverAsync(exchange, answer, events);
        cache.Keep(exchange);
    }
}
