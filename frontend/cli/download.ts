import { expectData } from '@/api/answers';
import type { Image } from '@/api/types';
import { concernsAll, EXIT, sentenceOf } from './exits';
import type { Gallery } from './gallery';
import { findPictures, listPages, type Choice } from './pictures';
import { Target, type Source } from './target';
import type { Terminal } from './terminal';

/** What has become of a picture; a line of `gallery download --json`. */
interface Outcome {
  image_id: string;
  status: 'downloaded' | 'already_there' | 'failed';
  file: string | null;
  detail: string | null;
}

/** Which pictures to download: exactly these, or those of a list. */
export type Selection = { ids: readonly string[] } | { choice: Choice };

/** Saves pictures into a folder; what is there already is passed over. Returns the exit code. */
export async function download(
  gallery: Gallery,
  terminal: Terminal,
  selection: Selection,
  folder: string,
  jobs: number,
): Promise<number> {
  const target = await Target.open(folder);
  const counts = { downloaded: 0, already_there: 0, failed: 0 };
  const say = async (outcome: Outcome) => {
    counts[outcome.status] += 1;
    if (outcome.status === 'failed' || !terminal.hasViewer) await terminal.result(outcome, wordsOf(outcome));
  };
  try {
    let known = 0;
    for await (const { images, missing } of chosen(gallery, selection)) {
      known += images.length + missing.length;
      for (const id of missing) await say(failed(id, 'There is no such picture.'));
      await gallery.forEach(images, jobs, async (image) => {
        await say(await save(gallery, target, image));
        const done = counts.downloaded + counts.already_there + counts.failed;
        terminal.progress(done, known, 'pictures');
      });
    }
  } finally {
    terminal.finish();
    terminal.message(
      `${counts.downloaded} downloaded, ${counts.already_there} already there, ${counts.failed} failed.`,
    );
  }
  return counts.failed > 0 ? EXIT.someFailed : EXIT.done;
}

/** Yields the pictures wanted, some at a time, and the ids of those that don't exist. */
async function* chosen(
  gallery: Gallery,
  selection: Selection,
): AsyncGenerator<{ images: Image[]; missing: readonly string[] }> {
  if ('choice' in selection) {
    for await (const images of listPages(gallery, selection.choice, Infinity)) yield { images, missing: [] };
    return;
  }
  const pictures = await findPictures(gallery, selection.ids);
  yield { images: [...pictures.values()], missing: selection.ids.filter((id) => !pictures.has(id)) };
}

async function save(gallery: Gallery, target: Target, image: Image): Promise<Outcome> {
  if (image.status === 'failed')
    return failed(image.id, `Left out, it is no whole picture: ${reasonOf(image)}`);
  try {
    const existing = await target.find(image, gallery.signal);
    if (existing !== null)
      return { image_id: image.id, status: 'already_there', file: existing, detail: null };
    const file = await gallery.withRetry(async () =>
      target.take(image, await sourceOf(gallery, image.id), gallery.signal),
    );
    return { image_id: image.id, status: 'downloaded', file, detail: null };
  } catch (error) {
    if (gallery.signal.aborted || concernsAll(error)) throw error;
    return failed(image.id, sentenceOf(error));
  }
}

function reasonOf({ failure }: Image): string {
  return failure?.detail ?? 'It could not be read.';
}

/** GET /api/images/{id}/download: where a picture's file can be had for a while; the address needs no token. */
export function sourceOf(gallery: Gallery, id: string): Promise<Source> {
  const params = { path: { image_id: id }, query: { format: 'json' as const } };
  return expectData(gallery.api.GET('/api/images/{image_id}/download', { params }));
}

function failed(id: string, detail: string): Outcome {
  return { image_id: id, status: 'failed', file: null, detail };
}

function wordsOf({ image_id, status, file, detail }: Outcome): string {
  return [image_id, status.padEnd('already_there'.length).replaceAll('_', ' '), file ?? detail].join('  ');
}
