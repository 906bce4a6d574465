import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Album, Image } from '@/api/types';
import { AlbumChoice } from '@/shared/albums/AlbumChoice';
import { albumsKey } from '@/shared/albums/keys';
import { closeDialog, openDialog } from '@/shared/dialogs';
import { imagesKey } from '@/shared/pictures/cache';
import { MAX_PER_CALL } from '@/shared/pictures/changeMany';
import { findImages } from '@/shared/pictures/findImages';
import { isolated } from '@/shared/pictures/words';
import { changeEach } from '@/shared/selection/changeEach';
import { notifyFailure, notifyOutcome } from '@/shared/selection/notifyOutcome';
import { countOf } from '@/shared/selection/useBatchTask';
import { isUnsent, type Upload } from './upload';
import { uploads } from './uploads';

const DIALOG = 'collect-uploads';

/** Puts the files of a person into an album, an old or a new one: those that are there already, and the others as they come. */
export function CollectButton({ list }: { list: readonly Upload[] }) {
  const { mutate, isPending } = useCollect();
  const own = list.filter((upload) => upload.owner !== null && (isUnsent(upload) || idOf(upload) !== null));
  if (own.length === 0) return null;
  const collect = (album: Album) => {
    closeDialog(DIALOG);
    mutate({ album, list: own });
  };
  const ask = () =>
    void openDialog({
      modalId: DIALOG,
      title: `Add ${countOf(own.length)} to an album`,
      children: <AlbumChoice onChosen={collect} />,
    });
  return (
    <Button radius={0} variant="light" loading={isPending} onClick={ask}>
      Add to album
    </Button>
  );
}

interface Collecting {
  readonly album: Album;
  readonly list: readonly Upload[];
}

function useCollect() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ album, list }: Collecting) => {
      uploads.collect(album.id);
      const images = await imagesOf(list.flatMap((upload) => idOf(upload) ?? []));
      const change = { action: 'album_add', album: album.id } as const;
      return changeEach(images, change, new AbortController().signal, () => undefined);
    },
    onSuccess: ({ lines }, { album, list }) =>
      notifyOutcome({
        message: `${countOf(list.length - lines.length)} in “${isolated(album.title)}”, or on the way there.`,
        title: `${countOf(lines.length)} not added`,
        lines,
      }),
    onError: (error) => notifyFailure('The pictures were not added to the album', error),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: albumsKey }),
        client.invalidateQueries({ queryKey: imagesKey }),
      ]),
  });
}

/** Fetches pictures by their ids, a hundred in a call. */
async function imagesOf(ids: readonly string[]): Promise<Image[]> {
  const images: Image[] = [];
  for (let from = 0; from < ids.length; from += MAX_PER_CALL)
    images.push(...(await findImages(ids.slice(from, from + MAX_PER_CALL))));
  return images;
}

/** The picture of an upload whose bytes the gallery has. */
function idOf({ state, ticket }: Upload): string | null {
  if (state.step === 'done') return state.image?.id ?? null;
  return state.step === 'sent' ? (ticket?.image_id ?? null) : null;
}
