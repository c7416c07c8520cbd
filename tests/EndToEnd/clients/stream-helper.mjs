import { messages, model, openai, report } from './client.mjs';

await report(async () => {
  const seen = { chunks: 0 };
  const runner = openai.chat.completions.stream({ model, messages });
  runner.on('chunk', () => seen.chunks++);
  try {
    const whole = await runner.finalChatCompletion();
    return { ...seen, text: whole.choices[0].message.content, finish: whole.choices[0].finish_reason };
  } catch (error) {
    error.seen = seen;
    throw error;
  }
});
