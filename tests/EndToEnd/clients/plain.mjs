import { messages, model, openai, report } from './client.mjs';

await report(async () => {
  const { data, response } = await openai.chat.completions.create({ model, messages }).withResponse();
  const [choice] = data.choices;
  return { text: choice.message.content, finish: choice.finish_reason, pool: response.headers.get('x-gateway-pool') };
});
