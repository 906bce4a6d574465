import { Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { Link, useLocation } from 'react-router';
import type { Image } from '@/api/types';
import type { Arriving } from '@/shared/pictures/arriving';
import { backdropOf } from '@/shared/pictures/backdrop';
import { Picture } from '@/shared/pictures/Picture';
import { steadyUrl } from '@/shared/pictures/steadyUrl';
import { headingOf, nameOf } from '@/shared/pictures/words';
import { FailedTile } from './FailedTile';
import type { FootOfTile } from './PhotoGrid';
import classes from './Tile.module.css';

interface TileProps {
  image: Image | null;
  arriving: Arriving | null;
  /** The room in the row, in CSS pixels. */
  width: number;
  height: number;
  Foot?: FootOfTile;
}

/** One picture in the grid: as much of it as there is by now, and its title or caption beneath. */
export const Tile = memo(function Tile({ image, arriving, width, height, Foot }: TileProps) {
  const { search } = useLocation();
  if (image?.status === 'failed') {
    return <FailedTile image={image} shape={`${width} / ${height}`} />;
  }
  const id = image?.id ?? arriving?.imageId ?? null;
  const hidden = (image ?? arriving)?.visibility === 'private';
  const looking = image?.status !== 'captioned';
  const heading = image ? headingOf(image) : null;
  const name = image ? nameOf(image) : (arriving?.name ?? '');
  const words = heading ?? (looking ? progressOf(arriving) : 'No caption');
  const picture = (
    <Layers
      image={image}
      preview={arriving?.preview ?? null}
      alt={heading === null ? `${name}, ${looking ? 'not captioned yet' : 'without a caption'}` : name}
      box={{ width, height }}
      hidden={hidden}
    />
  );
  return (
    <figure className={classes.tile} aria-busy={looking}>
      {id === null ? (
        picture
      ) : (
        <Link to={{ pathname: `/images/${id}`, search }} className={classes.link} data-image={id}>
          {picture}
        </Link>
      )}
      <Text
        component="figcaption"
        size="sm"
        lineClamp={2}
        className={classes.caption}
        dir="auto"
        data-compact={Foot ? true : undefined}
        c={heading ? undefined : 'dimmed'}
        aria-hidden={heading !== null}
      >
        {words}
      </Text>
      {Foot && image && <Foot image={image} />}
    </figure>
  );
});

/** How far a picture is whose caption is still to come. */
function progressOf(arriving: Arriving | null): string {
  return arriving?.stage === 'queued' || arriving?.stage === 'sending' ? 'On its way…' : 'Looking…';
}

interface LayersProps {
  image: Image | null;
  preview: string | null;
  alt: string;
  box: { width: number; height: number };
  /** Whether only its owner sees it, which its mark says. */
  hidden: boolean;
}

/** The picture itself over what stands in for it: its colour, its blurred shape, the file that was chosen. */
function Layers({ image, preview, alt, box, hidden }: LayersProps) {
  const small = image?.urls.small ? steadyUrl(image.urls.small) : null;
  const [loaded, setLoaded] = useState<string | null>(null);
  const ready = small !== null && loaded === small;
  const shape = `${box.width} / ${box.height}`;
  return (
    <span className={classes.frame} style={{ aspectRatio: shape, ...(!ready && backdropOf(image)) }}>
      {preview && (
        <img
          className={classes.layer}
          src={preview}
          alt={small ? '' : alt}
          decoding="async"
          draggable={false}
          loading="lazy"
        />
      )}
      {image && small && (
        <Picture
          image={image}
          box={box}
          className={classes.layer}
          style={enlargedAtMostTwice(image)}
          data-fading={!ready || undefined}
          alt={alt}
          loading="lazy"
          decoding="async"
          draggable={false}
          onLoad={() => setLoaded(small)}
        />
      )}
      {!small && <span className={classes.shimmer} data-faint={preview !== null || undefined} />}
      {!small && !preview && <span className={classes.unseen} role="img" aria-label={alt} />}
      {hidden && (
        <span className={classes.lock} role="img" aria-label="Private">
          <IconLock size={16} aria-hidden />
        </span>
      )}
    </span>
  );
}

/** An icon in a large tile stays an icon: more than twice its size it would be a blur. */
function enlargedAtMostTwice({ width, height }: Image) {
  return width && height ? { maxWidth: 2 * width, maxHeight: 2 * height } : undefined;
}
