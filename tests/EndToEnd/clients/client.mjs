// What every script here shares: an SDK pointed at the address given, and one JSON object on stdout as the outcome.
import OpenAI from 'openai';

const [, , baseURL, chosen] = process.argv;

export const model = chosen;
export const openai = new OpenAI({ baseURL, apiKey: 'sk-anything', maxRetries: 0 });
export const messages = [{ role: 'user', content: 'Say something.' }];

/** Runs a script's one action and prints what it returned or, if it threw, what a caller can learn from that. */
export async function report(action) {
  try {
    console.log(JSON.stringify(await action()));
  } catch (error) {
    console.log(JSON.stringify({
      raised: error.constructor.name,
      isApiError: error instanceof OpenAI.APIError,
      status: error.status ?? null,
      code: error.code ?? null,
      type: error.type ?? null,
      param: error.param ?? null,
      message: error.message,
      seen: error.seen ?? null,
    }));
  }
}
