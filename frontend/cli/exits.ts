import { Problem } from '@/api/problem';

/** What the command tells whoever started it by its exit code. */
export const EXIT = {
  done: 0,
  someFailed: 1,
  wrongUsage: 2,
  notAllowed: 3,
  noGallery: 4,
  interrupted: 130,
} as const;

/** The command can't be understood; says in a sentence why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Returns the exit code for what ended a command before its time. */
export function exitFor(error: unknown): number {
  if (error instanceof UsageError) return EXIT.wrongUsage;
  if (!(error instanceof Problem)) return EXIT.someFailed;
  switch (error.status) {
    case 0:
      return EXIT.noGallery;
    case 400:
    case 422:
      return EXIT.wrongUsage;
    case 401:
    case 403:
      return EXIT.notAllowed;
    default:
      return EXIT.someFailed;
  }
}

/** Whether every further call would meet the same: nothing answers, or the token counts for nothing. */
export function concernsAll(error: unknown): boolean {
  return error instanceof Problem && (error.status === 0 || error.status === 401);
}

/** Says what went wrong, in words for whoever typed the command; node's own errors have some. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
