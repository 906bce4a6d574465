/** Something the gallery could not do, in words for the person who asked; status 0 means that nothing answered. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  /** Seconds after which to try again, where the answer said so. */
  readonly retryAfter: number | null;

  constructor(status: number, detail: string, retryAfter: number | null = null) {
    super(detail);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Reads an RFC 9457 problem document; an answer that is none (say, a proxy's page) gets a sentence of ours. */
  static fromAnswer({ status, headers }: Response, document: unknown): Problem {
    const detail = detailOf(document) ?? `The gallery answered with error ${status}.`;
    return new Problem(status, detail, Number(headers.get('Retry-After')) || null);
  }

  static unreachable(): Problem {
    return new Problem(0, 'The gallery can’t be reached. Please check the connection.');
  }

  /** Whether trying again unchanged may help. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

function detailOf(document: unknown): string | undefined {
  if (typeof document !== 'object' || document === null) {
    return undefined;
  }
  const { detail } = document as { detail?: unknown };
  return typeof detail === 'string' && detail !== '' ? detail : undefined;
}

/** Returns what to tell a person about any error. */
export function inWords(error: unknown): string {
  return error instanceof Problem ? error.message : 'Something went wrong on this page.';
}
