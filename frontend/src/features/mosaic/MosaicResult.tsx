import { Button, Progress, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import Lightbox from 'yet-another-react-lightbox';
import Inline from 'yet-another-react-lightbox/plugins/inline';
import Zoom from 'yet-another-react-lightbox/plugins/zoom';
import 'yet-another-react-lightbox/styles.css';
import { Problem } from '@/api/problem';
import type { Image, MosaicState } from '@/api/types';
import { percent } from '@/shared/pictures/words';
import { saveBlob } from '@/shared/saveBlob';
import { ErrorNotice } from '@/shared/ErrorNotice';
import classes from './Mosaic.module.css';
import type { useMosaic } from './useMosaic';

interface MosaicResultProps {
  image: Image;
  mosaic: ReturnType<typeof useMosaic>;
}

/** The mosaic that was asked for, how far it is, or why there is none. */
export function MosaicResult({ image, mosaic: { data, error, refetch } }: MosaicResultProps) {
  if (error instanceof Problem && error.status === 404) {
    return <Text className={classes.waiting}>There is no such mosaic (any more). “Make it” makes it.</Text>;
  }
  if (error) {
    return <ErrorNotice title="The mosaic can’t be had" error={error} retry={() => void refetch()} />;
  }
  if (data?.status === 'ready') return <Finished image={image} mosaic={data} />;
  if (data?.status === 'failed') {
    return (
      <Text role="alert" className={classes.waiting} c="var(--alarm)">
        {data.detail}
      </Text>
    );
  }
  const progress = data?.progress ?? 0;
  return (
    <div className={classes.waiting}>
      <Text role="status">Laying the tiles… {percent(progress)}</Text>
      <Progress mt="sm" value={100 * progress} animated aria-label="The mosaic so far" />
    </div>
  );
}

type Ready = Extract<MosaicState, { status: 'ready' }>;

function Finished({ image, mosaic }: { image: Image; mosaic: Ready }) {
  const { columns, rows, tiles_used, url } = mosaic;
  return (
    <figure className={classes.picture}>
      <div className={classes.stage} style={{ aspectRatio: `${columns} / ${rows}` }}>
        <Lightbox
          plugins={[Inline, Zoom]}
          slides={[{ src: url, alt: 'The mosaic' }]}
          carousel={{ finite: true, padding: 0 }}
          controller={{ touchAction: 'pan-y' }}
          zoom={{ maxZoomPixelRatio: 4, scrollToZoom: true }}
          render={{ buttonPrev: () => null, buttonNext: () => null }}
        />
      </div>
      <figcaption>
        <span role="status">
          {(columns * rows).toLocaleString('en')} tiles, {columns} × {rows}; {tiles_used.toLocaleString('en')}{' '}
          different ones
        </span>
        <SaveMosaic url={url} name={`${stemOf(image)}-mosaic.jpg`} />
      </figcaption>
    </figure>
  );
}

/** Saves the mosaic, which lies at another address than the page. */
function SaveMosaic({ url, name }: { url: string; name: string }) {
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(`error ${answer.status}`);
      saveBlob(await answer.blob(), name);
    } catch {
      const message = 'Please reload the page and try again.';
      notifications.show({ color: 'red', title: 'The mosaic can’t be saved', message });
    }
    setBusy(false);
  };
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={busy}
      leftSection={<IconDownload size={16} aria-hidden />}
      onClick={() => void save()}
    >
      Download
    </Button>
  );
}

function stemOf({ filename }: Image): string {
  return (filename ?? 'picture').replace(/\.[^.]{1,5}$/, '');
}
