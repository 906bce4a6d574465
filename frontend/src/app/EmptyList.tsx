import { EmptyState } from '@mantine/core';
import { IconTagOff } from '@tabler/icons-react';
import { SHELVES } from '@/shared/pictures/shelves';
import type { Shelf, View } from '@/shared/pictures/view';
import { Quoted } from '@/shared/Quoted';

/** Says why a list with one label, or one of one's own, has no pictures. */
export default function EmptyList({ view }: { view: View & { kind: 'label' | 'shelf' } }) {
  return view.kind === 'label' ? <NoneLabelled label={view.label} /> : <EmptyShelf shelf={view.shelf} />;
}

function NoneLabelled({ label }: { label: string }) {
  return (
    <EmptyState
      py="xl"
      icon={<IconTagOff stroke={1.25} aria-hidden />}
      title={
        <>
          No picture is labelled <Quoted>{label}</Quoted>
        </>
      }
      description="Labels come from the model, which has to be sure enough of them, or from a picture’s owner."
    />
  );
}

const EMPTY: Readonly<Record<Shelf, { title: string; description: string }>> = {
  favourites: {
    title: 'No favourites yet',
    description: 'The heart of a picture puts it here.',
  },
  review: {
    title: 'Nothing waits for you',
    description: 'What guests add by a link to your albums stands here until you accept it.',
  },
  archive: {
    title: 'Nothing is archived',
    description: 'Archived pictures stand in no other list, and are still found by searching.',
  },
  trash: {
    title: 'The trash is empty',
    description: 'Pictures stay here for 30 days before they are deleted for good.',
  },
};

function EmptyShelf({ shelf }: { shelf: Shelf }) {
  const { title, description } = EMPTY[shelf];
  const { Sign } = SHELVES[shelf];
  return (
    <EmptyState py="xl" icon={<Sign stroke={1.25} aria-hidden />} title={title} description={description} />
  );
}
