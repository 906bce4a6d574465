import { useMemo, type ComponentType } from 'react';
import { RowsPhotoAlbum, type Photo } from 'react-photo-album';
import 'react-photo-album/rows.css';
import type { Image } from '@/api/types';
import { ratioOf, type Entry } from './entries';
import classes from './Gallery.module.css';
import { Tile } from './Tile';

interface EntryPhoto extends Photo {
  entry: Entry;
}

export type FootOfTile = ComponentType<{ image: Image }>;

interface PhotoGridProps {
  entries: readonly Entry[];
  /** Whether others are about to take their place. */
  busy: boolean;
  Foot?: FootOfTile;
}

/** All tiles in rows of equal height that fill the width. */
export function PhotoGrid({ entries, busy, Foot }: PhotoGridProps) {
  const photos = useMemo(() => entries.map(photoOf), [entries]);
  return (
    <RowsPhotoAlbum
      photos={photos}
      spacing={(width) => (width < 600 ? 10 : 16)}
      targetRowHeight={(width) => (width < 600 ? 150 : 240)}
      rowConstraints={(width) => ({ singleRowMaxHeight: width < 600 ? 260 : 300, minPhotos: 1 })}
      defaultContainerWidth={Math.min(document.documentElement.clientWidth - 32, 1600)}
      componentsProps={{
        container: { role: 'list', 'aria-label': 'Pictures', 'aria-busy': busy, className: classes.grid },
        wrapper: { role: 'listitem' },
      }}
      render={{
        image: (_, { photo, width, height }) => (
          <Tile
            image={photo.entry.image}
            arriving={photo.entry.arriving}
            width={width}
            height={height}
            Foot={Foot}
          />
        ),
      }}
    />
  );
}

function photoOf(entry: Entry): EntryPhoto {
  const height = 1000;
  return { key: entry.key, src: '', width: Math.round(height * ratioOf(entry)), height, entry };
}
