import { useMemo } from 'react';
import { RowsPhotoAlbum, type Photo } from 'react-photo-album';
import 'react-photo-album/rows.css';
import { ratioOf, type Entry } from './entries';
import { Tile } from './Tile';

interface EntryPhoto extends Photo {
  entry: Entry;
}

/** All tiles in rows of equal height that fill the width. */
export function PhotoGrid({ entries }: { entries: readonly Entry[] }) {
  const photos = useMemo(() => entries.map(photoOf), [entries]);
  return (
    <RowsPhotoAlbum
      photos={photos}
      spacing={(width) => (width < 600 ? 10 : 16)}
      targetRowHeight={(width) => (width < 600 ? 150 : 240)}
      rowConstraints={(width) => ({ singleRowMaxHeight: width < 600 ? 260 : 300, minPhotos: 1 })}
      defaultContainerWidth={Math.min(document.documentElement.clientWidth - 32, 1600)}
      componentsProps={{
        container: { role: 'list', 'aria-label': 'Pictures' },
        wrapper: { role: 'listitem' },
      }}
      render={{
        image: (_, { photo, width, height }) => (
          <Tile image={photo.entry.image} arriving={photo.entry.arriving} shape={`${width} / ${height}`} />
        ),
      }}
    />
  );
}

function photoOf(entry: Entry): EntryPhoto {
  const height = 1000;
  return { key: entry.key, src: '', width: Math.round(height * ratioOf(entry)), height, entry };
}
