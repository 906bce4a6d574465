import { Problem } from '@/api/problem';
import type { Ticket } from '@/api/types';

/** The form that a ticket asks for: its fields in their order, the file last. */
export function formFor(ticket: Ticket, file: Blob): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(ticket.fields)) {
    form.append(name, value);
  }
  form.append('file', file);
  return form;
}

const STORAGE_WORDS: Record<string, string> = {
  EntityTooLarge: 'The file is larger than a picture may be.',
  EntityTooSmall: 'The file is empty.',
  AccessDenied: 'The storage did not accept the upload; its ticket may have expired.',
  ExpiredToken: 'The ticket for this upload has expired.',
};

/** Puts what the storage answered, a status and a document in XML, into words. */
export function storageProblem(status: number, answer: string): Problem {
  const code = /<Code>(\w+)<\/Code>/.exec(answer)?.[1] ?? '';
  return new Problem(
    status,
    STORAGE_WORDS[code] ?? `The storage refused the file (error ${[status, code].join(' ').trim()}).`,
  );
}
