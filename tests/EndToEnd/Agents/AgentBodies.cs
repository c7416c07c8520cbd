namespace Gateway.EndToEnd.Agents;

/// <summary>Requests in the form that coding agents send on their second turn: a tool was called, its result comes back.</summary>
/// <remarks>Escapes, line breaks and number forms are as odd as JSON allows, since none of them may change on the way.</remarks>
internal static class AgentBodies
{
    private const string Call = "{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"tool_1\",\"arguments\":\"{\\\"path\\\":\\\"\\/src\\\",\\\"mode\\\":\\\"read\\\"}\"}}";

    private const string Listing = "total 8\\r\\n-rw-r--r-- 1 me me  311 Makefile\\n-rw-r--r-- 1 me me 2048 na\\u00efve \\ud83d\\ude80.cs\\n";

    /// <summary>Cline: <c>content: null</c> beside the calls, the result as an array of parts, usage asked for.</summary>
    public static string Cline(string model) => $$$"""
        {"model":{{{model}}},"messages":[{"role":"system","content":"You are Cline, a skilled engineer."},{"role":"user","content":[{"type":"text","text":"Run ls."}]},
        {"role":"assistant","content":null,"tool_calls":[{{{Call}}}]},{"role":"tool","tool_call_id":"call_1","content":[{"type":"text","text":"{{{Listing}}}"}]}],
        "tools":{{{ToolSchemas.Functions(25, 1)}}},"tool_choice":"auto","stream":true,"stream_options":{"include_usage":true}}
        """;

    /// <summary>opencode: empty content beside the calls, a limit from the model's settings, the model late in the body.</summary>
    public static string OpenCode(string model) => $$$"""
        {"max_tokens":8192,"messages":[{"role":"system","content":"You are opencode."},{"role":"user","content":"Run ls."},
        {"role":"assistant","content":"","tool_calls":[{{{Call}}}]},{"role":"tool","tool_call_id":"call_1","content":"{{{Listing}}}"}],
        "tools":{{{ToolSchemas.Functions(10, 6)}}},"tool_choice":"auto","stream":true,"stream_options":{"include_usage":true},"model" : {{{model}}} }
        """;

    /// <summary>Continue on a reasoning model: the role <c>developer</c>, <c>max_completion_tokens</c>, an answer in one piece.</summary>
    public static string Continue(string model) => $$$"""
        {
        	"model": {{{model}}},
        	"messages": [{"role": "developer", "content": "You are an agent in the Continue CLI."}, {"role": "user", "content": "Run ls."},
        		{"role": "assistant", "content": "", "tool_calls": [{{{Call}}}]}, {"role": "tool", "tool_call_id": "call_1", "content": "{{{Listing}}}"}],
        	"tools": {{{ToolSchemas.Functions(11, 4)}}},
        	"max_completion_tokens": 4096, "reasoning_effort": "low", "parallel_tool_calls": true, "temperature": 1.0E0
        }
        """;

    /// <summary>The JavaScript SDK's stream helper: streams, and does not ask for usage.</summary>
    public static string StreamHelper(string model) => $$$"""
        {"model":{{{model}}},"messages":[{"role":"user","content":"{{{Listing}}}"}],"tools":{{{ToolSchemas.Functions(12, 5)}}},"stream":true}
        """;

    /// <summary>Codex: its own endpoint and item kinds, instructions as a developer message, nothing stored.</summary>
    public static string Codex(string model) => $$$"""
        {"model":{{{model}}},"input":[{"type":"message","role":"developer","content":[{"type":"input_text","text":"You are Codex."}]},
        {"type":"message","role":"user","content":[{"type":"input_text","text":"Run ls."}]},
        {"type":"function_call","id":"fc_1","call_id":"call_1","name":"tool_1","arguments":"{}","status":"completed"},
        {"type":"function_call_output","call_id":"call_1","output":"{{{Listing}}}"}],"tools":{{{ToolSchemas.Responses(9, 12)}}},
        "tool_choice":"auto","parallel_tool_calls":true,"reasoning":{"summary":"auto"},"store":false,"stream":true,
        "include":["reasoning.encrypted_content"],"prompt_cache_key":"0199a-77","client_metadata":{"originator":"codex_exec"}}
        """;

    /// <summary>Claude Code: system blocks, a system role within the messages, adaptive thinking, context management.</summary>
    public static string ClaudeCode(string model) => $$$"""
        {"model":{{{model}}},"system":[{"type":"text","text":"You are Claude Code.","cache_control":{"type":"ephemeral"}}],
        "messages":[{"role":"user","content":"Run ls."},{"role":"system","content":"Be brief."},
        {"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"tool_1","input":{"path":"\/src"}}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"{{{Listing}}}","is_error":false,"cache_control":{"type":"ephemeral"}}]}],
        "tools":{{{ToolSchemas.Messages(12, 10)}}},"max_tokens":32000,"thinking":{"type":"adaptive"},"stream":true,
        "context_management":{"edits":[]},"output_config":{"effort":"high"},"metadata":{"user_id":"{\"device_id\":\"d\"}"}}
        """;
}
