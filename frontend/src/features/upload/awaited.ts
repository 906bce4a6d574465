import { useStore } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import type { Arriving, Outcomes } from '@/shared/pictures/arriving';
import type { UploadQueue } from './queue';
import type { Upload } from './upload';

interface AwaitedStore {
  readonly pictures: readonly Arriving[];
}

const MOST = 500;

/** Pictures that the gallery has the bytes of but nothing to say about yet: no list shows them, should the page be reloaded. */
export const awaited = createStore<AwaitedStore>()(
  persist((): AwaitedStore => ({ pictures: [] }), {
    name: 'awaited pictures',
    storage: createJSONStorage(() => sessionStorage),
  }),
);

/** Notes each upload of a queue once its bytes are there, for as long as this window is open. */
export function noteSentUploads(queue: UploadQueue): void {
  queue.store.subscribe(({ uploads }, before) => {
    if (uploads === before.uploads) return;
    const known = new Set(awaited.getState().pictures.map(({ imageId }) => imageId));
    const sent = uploads.filter(({ state }) => state.step === 'sent').map(asAwaited);
    const news = sent.filter(({ imageId }) => !known.has(imageId));
    if (news.length > 0)
      awaited.setState(({ pictures }) => ({ pictures: [...pictures, ...news].slice(-MOST) }));
  });
}

/** Forgets the pictures of which is known what has become of them. */
export function forgetAwaited(outcomes: Outcomes): void {
  awaited.setState(({ pictures }) => ({
    pictures: pictures.filter(({ imageId }) => imageId === null || !outcomes.has(imageId)),
  }));
}

export function useAwaited(): readonly Arriving[] {
  return useStore(awaited, ({ pictures }) => pictures);
}

function asAwaited({ key, name, ticket, ratio, owner, visibility }: Upload): Arriving {
  const imageId = ticket?.image_id ?? null;
  return { key, imageId, name, preview: null, ratio, owner, visibility, stage: 'sent' };
}
