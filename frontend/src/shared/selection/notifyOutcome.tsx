import { notifications } from '@mantine/notifications';
import { inWords } from '@/api/problem';
import { Undoable } from '@/shared/Undoable';

interface OutcomeInWords {
  /** What was done, as a sentence. */
  readonly message: string;
  /** What was not done, in a few words. */
  readonly title: string;
  /** Why not: a line for each picture. */
  readonly lines: readonly string[];
  /** Null where there is nothing to undo. */
  readonly undo?: (() => void) | null;
}

/** Says what has become of many pictures; what could not be done stays until it is closed. */
export function notifyOutcome({ message, title, lines, undo = null }: OutcomeInWords): void {
  const id = crypto.randomUUID();
  const words = [message, ...shortened(lines)].join(' ');
  const failed = lines.length > 0 && { color: 'red', autoClose: false, title };
  notifications.show({
    id,
    ...failed,
    message: undo ? (
      <Undoable id={id} undo={undo} wrap="nowrap">
        {words}
      </Undoable>
    ) : (
      words
    ),
  });
}

/** Says what was not done, and why. */
export function notifyFailure(title: string, error: unknown): void {
  notifications.show({ color: 'red', title, message: inWords(error) });
}

const MAX_LINES = 5;

/** Leaves out of a long list what is too much to read. */
export function shortened(lines: readonly string[]): string[] {
  const more = lines.length - MAX_LINES;
  return more <= 0 ? [...lines] : [...lines.slice(0, MAX_LINES), `And ${more} more.`];
}
