import { messages, model, openai, report } from './client.mjs';

await report(async () => {
  const seen = { chunks: 0, text: '', finish: null };
  try {
    for await (const chunk of await openai.chat.completions.create({ model, messages, stream: true })) {
      seen.chunks++;
      seen.text += chunk.choices[0]?.delta.content ?? '';
      seen.finish = chunk.choices[0]?.finish_reason ?? seen.finish;
    }
  } catch (error) {
    error.seen = seen;
    throw error;
  }
  return seen;
});
