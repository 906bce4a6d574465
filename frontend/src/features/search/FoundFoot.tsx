import { ActionIcon } from '@mantine/core';
import { IconPhotoSearch } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Image } from '@/api/types';
import { addressOf, useView } from '@/shared/pictures/view';
import { nameOf } from '@/shared/pictures/words';
import { useFindings } from './findings';
import classes from './Search.module.css';
import { Thumbs } from './Thumbs';
import { WhyChips } from './WhyChips';

/** Beneath a picture that was found: why, whether that was right, and the way to more like it. */
export function FoundFoot({ image }: { image: Image }) {
  const view = useView();
  const { matches, query } = useFindings();
  const match = matches.get(image.id);
  return (
    <div className={classes.foot}>
      {match && <WhyChips image={image} why={match.why} />}
      <div className={classes.actions}>
        {view.kind === 'search' && <Thumbs query={query} image={image} />}
        <ActionIcon
          component={Link}
          to={addressOf({ kind: 'similar', id: image.id })}
          variant="subtle"
          color="gray"
          title="More like this"
          aria-label={`More like this: ${nameOf(image)}`}
        >
          <IconPhotoSearch size={17} stroke={1.75} aria-hidden />
        </ActionIcon>
      </div>
    </div>
  );
}
