import { expectDone } from '@/api/answers';
import { Problem } from '@/api/problem';
import { concernsAll, EXIT, sentenceOf } from './exits';
import type { Gallery } from './gallery';
import type { Terminal } from './terminal';

const MAX_CONCURRENT = 4;

interface Outcome {
  image_id: string;
  status: 'deleted' | 'absent' | 'failed';
  detail: string | null;
}

/** Deletes pictures for good; one that is gone already is no failure. Returns the exit code. */
export async function deletePictures(
  gallery: Gallery,
  terminal: Terminal,
  ids: readonly string[],
): Promise<number> {
  const problems: unknown[] = [];
  let done = 0;
  try {
    await gallery.forEach(ids, MAX_CONCURRENT, async (id) => {
      const { outcome, problem } = await deleteOne(gallery, id);
      if (problem) problems.push(problem);
      await terminal.result(outcome, wordsOf(outcome));
      terminal.progress(++done, ids.length, 'done');
    });
  } finally {
    terminal.finish();
  }
  return codeFor(problems, ids.length);
}

async function deleteOne(gallery: Gallery, id: string): Promise<{ outcome: Outcome; problem?: unknown }> {
  const params = { path: { image_id: id } };
  try {
    await gallery.withRetry(() => expectDone(gallery.api.DELETE('/api/images/{image_id}', { params })));
    return { outcome: { image_id: id, status: 'deleted', detail: null } };
  } catch (problem) {
    if (gallery.signal.aborted || concernsAll(problem)) throw problem;
    const detail = sentenceOf(problem);
    if (problem instanceof Problem && problem.status === 404)
      return { outcome: { image_id: id, status: 'absent', detail } };
    return { outcome: { image_id: id, status: 'failed', detail }, problem };
  }
}

function codeFor(problems: readonly unknown[], asked: number): number {
  if (problems.length === 0) return EXIT.done;
  const forbidden = problems.filter((problem) => problem instanceof Problem && problem.status === 403);
  return forbidden.length === asked ? EXIT.notAllowed : EXIT.someFailed;
}

function wordsOf({ image_id, status, detail }: Outcome): string {
  return [image_id, status.padEnd('deleted'.length), ...(detail === null ? [] : [detail])].join('  ');
}

/** Returns what to ask before so many pictures are deleted. */
export function deletionOf(count: number): string {
  return `Delete ${count === 1 ? 'this picture' : `these ${count} pictures`} for good?`;
}
