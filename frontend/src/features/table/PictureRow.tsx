import { Anchor, Table, Text } from '@mantine/core';
import { IconLock, IconPhotoOff } from '@tabler/icons-react';
import { memo } from 'react';
import { Link } from 'react-router';
import type { Image } from '@/api/types';
import { Picture } from '@/shared/pictures/Picture';
import { useAddressOfPicture } from '@/shared/pictures/useAddressOfPicture';
import { byteSize, moment, percent } from '@/shared/pictures/words';
import { ProbabilityBar } from '@/shared/ProbabilityBar';
import { nameInList } from '@/shared/selection/nameInList';
import { RowActions } from './RowActions';
import classes from './Table.module.css';

interface PictureRowProps {
  image: Image;
  /** Its place among the rows. */
  index: number;
  /** Told how high the row is drawn. */
  measure: (row: HTMLTableRowElement | null) => void;
  selected: boolean;
  /** Turns the row's selection over; as a range, that of all rows since the last one too. */
  onTurn: (id: string, range: boolean) => void;
}

/** One picture of the table. */
export const PictureRow = memo(function PictureRow({
  image,
  index,
  measure,
  selected,
  onTurn,
}: PictureRowProps) {
  const name = nameInList(image);
  const size = image.size === null ? 'unknown' : byteSize(image.size);
  return (
    <Table.Tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      data-selected={selected || undefined}
    >
      <Table.Td className={classes.check}>
        <label>
          <input
            type="checkbox"
            aria-label={`Select ${name}`}
            checked={selected}
            onChange={({ nativeEvent }) =>
              onTurn(image.id, 'shiftKey' in nativeEvent && nativeEvent.shiftKey === true)
            }
          />
        </label>
      </Table.Td>
      <Table.Td className={classes.name}>
        <Name image={image} name={name} size={size} />
      </Table.Td>
      <Table.Td className={classes.guess}>
        <Guess image={image} />
      </Table.Td>
      <Table.Td className={classes.roomy}>{size}</Table.Td>
      <Table.Td className={classes.wide}>{moment(image.created_at)}</Table.Td>
      <Table.Td className={classes.actions}>
        <RowActions image={image} name={name} />
      </Table.Td>
    </Table.Tr>
  );
});

function Name({ image, name, size }: { image: Image; name: string; size: string }) {
  const addressOfPicture = useAddressOfPicture();
  return (
    <div className={classes.title}>
      <span className={classes.thumbnail} style={{ backgroundColor: image.color ?? undefined }}>
        {image.urls.small ? (
          <Picture image={image} box={{ width: 56, height: 56 }} alt="" loading="lazy" decoding="async" />
        ) : (
          <IconPhotoOff size={18} stroke={1.5} aria-hidden />
        )}
      </span>
      <span className={classes.words}>
        <Anchor
          component={Link}
          {...addressOfPicture(image.id)}
          data-image={image.id}
          c="inherit"
          size="sm"
          fw={600}
        >
          <bdi>{name}</bdi>
        </Anchor>
        {image.visibility === 'private' && (
          <span role="img" aria-label="Private">
            {' '}
            <IconLock size={12} aria-hidden />
          </span>
        )}
        <span className={classes.narrow}>
          <Text span size="xs" c="dimmed">
            {size}
          </Text>
          <Guess image={image} />
        </span>
      </span>
    </div>
  );
}

/** What the picture most likely shows, and how likely; or why nobody knows. */
function Guess({ image }: { image: Image }) {
  const best = image.labels[0];
  if (image.failure) return <Words>{image.failure.detail}</Words>;
  if (!best) return <Words>{image.status === 'pending' ? 'Looking…' : 'None'}</Words>;
  return (
    <>
      <Text span size="sm" className={classes.best}>
        <bdi>{best.label}</bdi>
        <Text span size="sm" c="dimmed">
          {best.source === 'owner' ? 'by the owner' : percent(best.probability)}
        </Text>
      </Text>
      <ProbabilityBar probability={best.probability} />
    </>
  );
}

function Words({ children }: { children: string }) {
  return (
    <Text span size="xs">
      {children}
    </Text>
  );
}
