import { Title } from '@mantine/core';
import type { CSSProperties } from 'react';
import type { Image } from '@/api/types';
import { backdropOf } from '@/shared/pictures/backdrop';
import { Picture } from '@/shared/pictures/Picture';
import { nameOf } from '@/shared/pictures/words';
import classes from './Guest.module.css';
import type { Month } from './months';

interface GridProps {
  months: readonly Month[];
  onOpen: (image: Image) => void;
}

/** Pictures by month in rows that fill the width; their shapes are known before their bytes come. */
export function Grid({ months, onOpen }: GridProps) {
  return months.map(({ key, name, images }) => (
    <section key={key} className={classes.month} aria-label={name ?? 'Pictures'}>
      {name !== null && (
        <Title order={2} size="h4" mb="xs">
          {name}
        </Title>
      )}
      <ul className={classes.grid}>
        {images.map((image) => (
          <Tile key={image.id} image={image} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  ));
}

function Tile({ image, onOpen }: { image: Image; onOpen: (image: Image) => void }) {
  return (
    <li className={classes.cell} style={{ '--ratio': ratioOf(image) } as CSSProperties}>
      <button
        type="button"
        className={classes.tile}
        style={backdropOf(image)}
        aria-label={`Open ${nameOf(image)}`}
        onClick={() => onOpen(image)}
      >
        <Picture image={image} alt="" sizes="(min-width: 40em) 25rem, 50vw" loading="lazy" decoding="async" />
      </button>
    </li>
  );
}

/** Returns width divided by height of a tile; panoramas and scrolls are cropped to what a row can hold. */
function ratioOf({ width, height }: Image): number {
  return Math.min(Math.max(width && height ? width / height : 4 / 3, 1 / 2), 3);
}
