import { Problem } from './problem';

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** Returns the data of an answer, or throws the Problem that the gallery or the network met. */
export async function expectData<Data>(call: Promise<Answer<Data>>): Promise<NonNullable<Data>> {
  const { data, error, response } = await orUnreachable(call);
  if (!response.ok || data == null) {
    throw Problem.fromAnswer(response, error);
  }
  return data;
}

/** Waits for an answer without content, or throws the Problem that the gallery or the network met. */
export async function expectDone(call: Promise<Answer<unknown>>): Promise<void> {
  const { error, response } = await orUnreachable(call);
  if (!response.ok) {
    throw Problem.fromAnswer(response, error);
  }
}

function orUnreachable<Data>(call: Promise<Answer<Data>>): Promise<Answer<Data>> {
  return call.catch((error: unknown) => {
    const known = error instanceof Problem || (error instanceof DOMException && error.name === 'AbortError');
    throw known ? error : Problem.unreachable();
  });
}
