import { model, openai, report } from './client.mjs';

await report(async () => {
  const listed = [];
  for await (const each of openai.models.list()) listed.push(each.id);
  const one = await openai.models.retrieve(model);
  return { listed, one: { id: one.id, object: one.object } };
});
