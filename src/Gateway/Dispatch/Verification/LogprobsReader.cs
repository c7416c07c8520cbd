using System.Text.Json;
using Gateway.Protocol;
using Gateway.Routing.Cascade.Confidence;

namespace Gateway.Dispatch.Verification;

/// <summary>Reads the value of <c>logprobs</c>: <c>{"content":[{"logprob":…,"top_logprobs":[{"logprob":…}]}]}</c>.</summary>
internal static class LogprobsReader
{
    /// <param name="json">At the name <c>logprobs</c>.</param>
    /// <param name="tokens">Takes the tokens.</param>
    public static void Read(ref Utf8JsonReader json, TokenEvidence tokens)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isContent = JsonText.Is(ref json, "content"u8);
            json.Read();
            if (isContent && json.TokenType == JsonTokenType.StartArray)
                ReadTokens(ref json, tokens);
            else
                json.Skip();
        }
    }

    private static void ReadTokens(ref Utf8JsonReader json, TokenEvidence tokens)
    {
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.StartObject)
                ReadToken(ref json, tokens);
            else
                json.Skip();
        }
    }

    private static void ReadToken(ref Utf8JsonReader json, TokenEvidence tokens)
    {
        double? log = null;
        var likeliest = default(TopTwo);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isLog = JsonText.Is(ref json, "logprob"u8);
            var isTop = JsonText.Is(ref json, "top_logprobs"u8);
            json.Read();
            if (isLog && json.TokenType == JsonTokenType.Number && json.TryGetDouble(out var value))
                log = value;
            else if (isTop && json.TokenType == JsonTokenType.StartArray)
                likeliest = ReadAlternatives(ref json);
            json.Skip();
        }

        if (log is { } own)
            tokens.Add(own, likeliest.RivalOf(own));
    }

    private static TopTwo ReadAlternatives(ref Utf8JsonReader json)
    {
        var likeliest = default(TopTwo);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isLog = JsonText.Is(ref json, "logprob"u8);
                json.Read();
                if (isLog && json.TokenType == JsonTokenType.Number && json.TryGetDouble(out var value))
                    likeliest.Offer(value);
                json.Skip();
            }
        }

        return likeliest;
    }

    /// <summary>The two likeliest alternatives, of which the chosen token is usually one.</summary>
    private struct TopTwo
    {
        private double? _first;
        private double? _second;

        public void Offer(double log)
        {
            if (_first is not { } first || log > first)
                (_first, _second) = (log, _first);
            else if (_second is not { } second || log > second)
                _second = log;
        }

        /// <summary>The likeliest that is not the token itself; null when it was not told.</summary>
        public readonly double? RivalOf(double own) => _first == own ? _second : _first;
    }
}
