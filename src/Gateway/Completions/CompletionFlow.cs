using Gateway.Accounting;
using Gateway.Cache;
using Gateway.Delivery;
using Gateway.Dispatch;

namespace Gateway.Completions;

/// <summary>The life of a chat request, top to bottom.</summary>
public sealed class CompletionFlow(
    RequestIntake intake, Planner planner, CacheSide cache, Dispatcher dispatcher, CallerSide caller, Ledger ledger)
{
    public async Task RunAsync(Exchange exchange)
    {
        try
        {
            if (await intake.AcceptAsync(exchange) is { } unacceptable)
            {
                await caller.RefuseAsync(exchange, unacceptable);
                return;
            }

            if (planner.Resolve(exchange) is { } unroutable)
            {
                await caller.RefuseAsync(exchange, unroutable);
                return;
            }

            if (await cache.LookUpAsync(exchange) is { } known)
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
            await caller.DeliverAsync(exchange, answer, events);
            cache.Keep(exchange);
        }
        catch (OperationCanceledException) when (exchange.CallerGone.IsCancellationRequested)
        {
            // The caller left: nobody's failure, and nobody to tell.
        }
        finally
        {
            cache.Close(exchange);
            ledger.Account(exchange);
            exchange.Judging?.Dispose();
            exchange.Blocks?.Dispose();
            exchange.Body?.Dispose();
        }
    }
}
