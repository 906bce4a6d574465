import { Alert, Anchor } from '@mantine/core';
import { Link } from 'react-router';
import type { Album } from '@/api/types';
import classes from './Albums.module.css';

/** What guests have against pictures of an album, for its owner: each leads to its picture, which can be taken out. */
export function AlbumReports({ album: { id, reports } }: { album: Album }) {
  if (reports === null || reports.length === 0) return null;
  return (
    <Alert color="orange" title="Guests would rather not have these shown">
      <ul className={classes.reports} aria-label="Reports of guests">
        {reports.map(({ image_id, reason }) => (
          <li key={image_id}>
            <Anchor component={Link} to={`/images/${image_id}?album=${id}`} underline="always">
              <bdi>{reason}</bdi>
            </Anchor>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
