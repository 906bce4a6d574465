import { Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { Link } from 'react-router';
import type { Image } from '@/api/types';
import type { Arriving } from '@/shared/pictures/arriving';
import { backdropOf } from '@/shared/pictures/backdrop';
import { Picture } from '@/shared/pictures/Picture';
import { steadyUrl } from '@/shared/pictures/steadyUrl';
import { useAddressOfPicture } from '@/shared/pictures/useAddressOfPicture';
import { headingOf, nameOf } from '@/shared/pictures/words';
import { notePicture } from '@/shared/whenQuiet';
import { FailedTile } from './FailedTile';
import type { FootOfTile } from './PhotoGrid';
import classes from './Tile.module.css';
import { useChoosing } from './useChoosing';

interface TileProps {
  image: Image | null;
  arriving: Arriving | null;
  /** The room in the row, in CSS pixels. */
  width: number;
  height: number;
  selected: boolean;
  /** Whether any picture is selected: then a click selects, and opens nothing. */
  selecting: boolean;
  /** Turns the selection of a picture over; as a range, that of all since the last one too. */
  onTurn: (id: string, range: boolean) => void;
  Foot?: FootOfTile;
}

/** One picture in the grid: as much of it as there is by now, and its title or caption beneath. */
export const Tile = memo(function Tile({
  image,
  arriving,
  width,
  height,
  selected,
  selecting,
  onTurn,
  Foot,
}: TileProps) {
  const addressOf = useAddressOfPicture();
  const choosing = useChoosing(image?.id ?? null, selecting, onTurn);
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
    <figure className={classes.tile} aria-busy={looking} data-selected={selected || undefined}>
      {id === null ? (
        picture
      ) : (
        <Link {...addressOf(id)} {...choosing} className={classes.link} data-image={id}>
          {picture}
        </Link>
      )}
      {image && <Check id={image.id} name={name} selected={selected} selecting={selecting} onTurn={onTurn} />}
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

interface CheckProps extends Pick<TileProps, 'selected' | 'selecting' | 'onTurn'> {
  id: string;
  name: string;
}

/** The mark by which a picture is selected: seen where the pointer is, and wherever one selects. */
function Check({ id, name, selected, selecting, onTurn }: CheckProps) {
  return (
    <label className={classes.check} data-shown={selecting || undefined}>
      <input
        type="checkbox"
        // Without a stop of its own for each picture: `x` does the same.
        tabIndex={selecting ? 0 : -1}
        aria-label={`Select ${name}`}
        checked={selected}
        onChange={({ nativeEvent }) => onTurn(id, 'shiftKey' in nativeEvent && nativeEvent.shiftKey === true)}
      />
    </label>
  );
}

/** How far a picture is whose caption is still to come. */
function progressOf(arriving: Arriving | null): string {
  return arriving?.stage === 'queued' || arriving?.stage === 'sending' ? 'On its way…' : 'Looking…';
}

/** What was drawn before: it need not fade in when one scrolls back. */
const drawn = new Set<string>();

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
  const [loaded, setLoaded] = useState<string | null>(() => (small && drawn.has(small) ? small : null));
  const ready = small !== null && loaded === small;
  const show = (address: string) => {
    drawn.add(address);
    notePicture();
    setLoaded(address);
  };
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
          onLoad={() => show(small)}
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
