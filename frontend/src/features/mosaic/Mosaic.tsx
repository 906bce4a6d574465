import { Anchor, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import { inWords } from '@/api/problem';
import type { Image } from '@/api/types';
import { Picture } from '@/shared/pictures/Picture';
import { nameOf } from '@/shared/pictures/words';
import { useSettings } from '@/shared/settings';
import { PageTitle } from '@/shared/PageTitle';
import { Quoted } from '@/shared/Quoted';
import { addressOf, designIn, tileSetsIn } from './design';
import classes from './Mosaic.module.css';
import { MosaicForm } from './MosaicForm';
import { MosaicResult } from './MosaicResult';
import { useMakeMosaic, useMosaic } from './useMosaic';

/** A picture made of many small ones, beside the picture itself; the address says how it is made. */
export function Mosaic({ image }: { image: Image }) {
  const [parameters, setParameters] = useSearchParams();
  const tileSets = tileSetsIn(useSettings().tile_sets);
  const asked = useMemo(() => designIn(parameters), [parameters]);
  const mosaic = useMosaic(image.id, asked);
  const making = useMakeMosaic(image.id, (design) => setParameters(addressOf(design)));
  const first = tileSets[0];
  return (
    <>
      <PageTitle>
        Mosaic of <Quoted>{nameOf(image)}</Quoted>
      </PageTitle>
      <Anchor component={Link} to={`/images/${image.id}`} size="sm">
        Back to the picture
      </Anchor>
      <div className={classes.page}>
        {first ? (
          <div>
            <MosaicForm
              tileSets={tileSets}
              asked={asked}
              tiles={first.value}
              busy={making.isPending}
              onMake={(design) => making.mutate(design)}
            />
            {making.isError && (
              <Text role="alert" size="sm" mt="sm" c="var(--alarm)">
                {inWords(making.error)}
              </Text>
            )}
          </div>
        ) : (
          <Text>This gallery has no tiles to make mosaics of.</Text>
        )}
        <div className={classes.pictures}>
          <figure className={classes.picture}>
            <Picture image={image} sizes="(max-width: 56em) 100vw, 36rem" alt={nameOf(image)} />
            <figcaption>The picture</figcaption>
          </figure>
          {asked && <MosaicResult image={image} mosaic={mosaic} />}
        </div>
      </div>
    </>
  );
}
