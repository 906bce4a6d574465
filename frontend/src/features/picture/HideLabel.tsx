import { ActionIcon } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconX } from '@tabler/icons-react';
import type { Image } from '@/api/types';
import { listedLabels } from '@/shared/pictures/labels';
import { useChangeImage } from '@/shared/pictures/useChangeImage';
import { unturned } from '@/shared/pictures/words';
import { Quoted } from '@/shared/Quoted';
import { Undoable } from '@/shared/Undoable';

/** Takes a label from a picture at once, and offers to undo that. */
export function HideLabel({ image, label }: { image: Image; label: string }) {
  const { mutate, mutateAsync, isPending } = useChangeImage();
  const byOwner = image.labels.some(({ source }) => source === 'owner');
  // Of what the model hardly sees nothing becomes a label that its owner vouches for.
  const kept = [...listedLabels(image.labels)].filter((other) => other !== label);
  const before = byOwner ? image.labels.map((other) => other.label) : null;
  const hide = async () => {
    const changed = await mutateAsync({ base: image, change: { labels: kept } });
    offerUndo(label, () => mutate({ base: changed, change: { labels: before } }));
  };
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      loading={isPending}
      aria-label={`Remove the label ${unturned(label)}`}
      onClick={() => {
        // What went wrong has been said by then.
        hide().catch(() => undefined);
      }}
    >
      <IconX size={14} aria-hidden />
    </ActionIcon>
  );
}

function offerUndo(label: string, undo: () => void): void {
  const id = `label-${label}`;
  notifications.show({
    id,
    message: (
      <Undoable id={id} undo={undo}>
        <Quoted>{label}</Quoted> was removed
      </Undoable>
    ),
  });
}
