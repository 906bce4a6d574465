import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { inWords } from '@/api/problem';
import type { Image } from '@/api/types';
import { imagesKey } from '@/shared/pictures/cache';
import { changeVisibility } from '@/shared/pictures/changeVisibility';
import { nameInTable } from './nameInTable';
import { shortened } from './useDeleteMany';
import { countOf, type Work } from './work';

const AT_ONCE = 25;
const DONE = { private: 'for their owners and admins alone', public: 'public' };

/** Returns a function that changes who may see pictures, as work that can be stopped. */
export function useShowMany(begin: Work['begin']) {
  const client = useQueryClient();
  return (images: readonly Image[], visibility: Image['visibility']) =>
    begin(
      visibility === 'public' ? 'Publishing' : 'Making private',
      images.length,
      async (signal, advance) => {
        const lines: string[] = [];
        let changed = 0;
        for (let from = 0; from < images.length && !signal.aborted; from += AT_ONCE) {
          const some = images.slice(from, from + AT_ONCE);
          const reasons = await changeSome(some, visibility);
          lines.push(...reasons);
          changed += some.length - reasons.length;
          some.forEach(advance);
        }
        await client.invalidateQueries({ queryKey: imagesKey });
        tell(changed, visibility, lines);
      },
    );
}

/** Returns a line for each of some pictures that could not be changed. */
async function changeSome(images: readonly Image[], visibility: Image['visibility']): Promise<string[]> {
  const ids = images.map(({ id }) => id);
  const reasons = await changeVisibility(ids, visibility).catch(
    (error: unknown) => new Map(ids.map((id) => [id, inWords(error)])),
  );
  return images.flatMap((image) => {
    const reason = reasons.get(image.id);
    return reason === undefined ? [] : [`“${nameInTable(image)}”: ${reason}`];
  });
}

function tell(changed: number, visibility: Image['visibility'], lines: readonly string[]): void {
  const message = `${countOf(changed)} ${changed === 1 ? 'is' : 'are'} ${DONE[visibility]} now.`;
  if (lines.length === 0) {
    notifications.show({ message });
    return;
  }
  notifications.show({
    color: 'red',
    autoClose: false,
    title: `${countOf(lines.length)} not changed`,
    message: [message, ...shortened(lines)].join(' '),
  });
}
