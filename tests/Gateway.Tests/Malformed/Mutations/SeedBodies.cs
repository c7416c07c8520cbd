namespace Gateway.Tests.Malformed.Mutations;

/// <summary>Bodies as clients send them.</summary>
internal static class SeedBodies
{
    private const string Json = "application/json";
    private const string Chat = "/v1/chat/completions";

    private static readonly string Form = string.Join("\r\n",
        "--cut", "Content-Disposition: form-data; name=\"file\"; filename=\"a.wav\"", "Content-Type: audio/wav", "", "RIFF\0\u0001\u0002 --cu t", "--cut",
        "Content-Disposition: form-data; name=\"model\"", "", "small", "--cut",
        "Content-Disposition: form-data; name=\"language\"", "", "en", "--cut--", "");

    /// <summary>Chat requests that want the whole answer at once.</summary>
    public static readonly SeedBody[] Whole =
    [
        new(Chat, Json, """{"model":"auto","messages":[{"role":"user","content":"What is the capital of France?"}]}"""),
        new(Chat, Json, """
            {
              "messages": [
                {"role": "system", "content": "Act as an expert developer.\n\nAnswer with *SEARCH/REPLACE blocks*."},
                {"role": "user", "content": "I have *added these files to the chat*:\n\nmain.py\n```\nprint(\"h\u00e9llo \ud83d\ude00\")\n```\n"},
                {"role": "assistant", "content": "Ok."},
                {"role": "user", "content": "Rename the function foo to bar."}
              ],
              "temperature": 0, "max_tokens": 64, "n": 1, "stream": false, "model": "gpt-4o-mini"
            }
            """),
        new(Chat, Json, """
            {"model":"openai/small","messages":[{"role":"user","content":"list files"},{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"ls","arguments":"{\"path\":\".\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":"a.txt\nb.txt"}],"tools":[{"type":"function","function":{"name":"ls","description":"lists","parameters":{"type":"object","properties":{"path":{"type":"string"}},"required":["path"]}}}],"tool_choice":"auto","parallel_tool_calls":true}
            """),
        new(Chat, Json, """
            {"model":"auto","messages":[{"role":"user","content":[{"type":"text","text":"What is in this image?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo=","detail":"low"}},{"type":"input_audio","input_audio":{"data":"UklGRg==","format":"wav"}}]}],"response_format":{"type":"json_object"},"seed":7,"stop":["\n\n"],"user":"u-1"}
            """),
    ];

    /// <summary>Chat requests that want a stream.</summary>
    public static readonly SeedBody[] Streamed =
    [
        new(Chat, Json, """{"model":"auto","messages":[{"role":"user","content":"Hi"}],"stream":true}"""),
        new(Chat, Json, """{"stream_options":{"include_usage":true,"continuous_usage_stats":false},"stream":true,"model":"small","messages":[{"role":"developer","content":"Be brief."},{"role":"user","content":"Prüfe 日本語 ✓"}],"max_completion_tokens":8}"""),
        new(Chat, Json, """{"model":"large","messages":[{"role":"user","content":"Count to three","name":"ann"}],"stream":true,"stream_options":null,"chat_template_kwargs":{"enable_thinking":false},"top_k":20,"repetition_penalty":1.05,"metadata":{"trace":"a/b","tags":["x",null,1e-3]}}"""),
        new(Chat, Json, """{"model":"auto","stream":true,"stream_options":{},"messages":[{"role":"user","content":"Weather?"}],"tools":[{"type":"function","function":{"name":"weather","parameters":{}}}],"tool_choice":{"type":"function","function":{"name":"weather"}},"logprobs":true,"top_logprobs":2}"""),
    ];

    /// <summary>Requests of the routes that are passed through.</summary>
    public static readonly SeedBody[] Passed =
    [
        new("/v1/completions", Json, """{"model":"small","prompt":"Once upon a time","max_tokens":4,"temperature":0.2,"echo":false,"logprobs":null,"stop":["\n"]}"""),
        new("/v1/completions", Json, """{"prompt":["one","two"],"model":"auto","max_tokens":2,"stream":true,"stream_options":{"include_usage":true}}"""),
        new("/v1/embeddings", Json, """{"model":"small","input":["first text","zweiter Text"],"encoding_format":"base64","dimensions":8}"""),
        new("/tokenize", Json, """{"model":"small","messages":[{"role":"user","content":"count me"}],"add_generation_prompt":true,"return_token_strs":true}"""),
        new("/v1/rerank", Json, """{"model":"small","query":"capital","documents":["Paris","Rome"],"top_n":1}"""),
        new("/v1/audio/transcriptions", "multipart/form-data; boundary=cut", Form),
        new("/v1/audio/transcriptions", "multipart/form-data; boundary=\"cut\"", Form.Replace("\"model\"", "model", StringComparison.Ordinal)),
    ];
}
