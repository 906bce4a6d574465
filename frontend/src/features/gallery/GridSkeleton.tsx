import { Skeleton } from '@mantine/core';
import classes from './Gallery.module.css';

const WIDTHS = [320, 180, 360, 240, 300, 200, 340, 260];

/** Stands in for pictures that are being loaded. */
export function GridSkeleton() {
  return (
    <div className={classes.skeleton} role="status" aria-label="Loading the pictures">
      {WIDTHS.map((width) => (
        <Skeleton key={width} height={240} radius="md" style={{ flex: `${width} 1 ${width / 2}px` }} />
      ))}
    </div>
  );
}
