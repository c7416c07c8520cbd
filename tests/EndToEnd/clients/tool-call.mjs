import { messages, model, openai, report } from './client.mjs';

await report(async () => {
  const parameters = { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] };
  const runner = openai.chat.completions.stream({
    model,
    messages,
    tools: [{ type: 'function', function: { name: 'read_file', parameters } }],
    tool_choice: { type: 'function', function: { name: 'read_file' } },
  });
  const [call] = (await runner.finalChatCompletion()).choices[0].message.tool_calls;
  return { name: call.function.name, arguments: JSON.parse(call.function.arguments) };
});
