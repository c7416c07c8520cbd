import { model, openai, report } from './client.mjs';

// Without encoding_format the SDK asks for base64 and decodes it; asked for floats it reads numbers.
await report(async () => {
  const input = ['a river', 'a stream'];
  const decoded = await openai.embeddings.create({ model, input });
  const floats = await openai.embeddings.create({ model, input, encoding_format: 'float' });
  return { decoded: decoded.data.map((each) => each.embedding), floats: floats.data.map((each) => each.embedding) };
});
