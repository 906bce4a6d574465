import { Text } from '@mantine/core';
import type { ImageLabel } from '@/api/types';
import { percent } from '@/shared/pictures/words';
import classes from './LabelBars.module.css';

/** What the model sees in a picture, likeliest first, each with its probability as a bar and in figures. */
export function LabelBars({ labels }: { labels: readonly ImageLabel[] }) {
  return (
    <ul className={classes.labels} aria-label="Labels by probability">
      {labels.map(({ label, probability, source }) => (
        <li key={label} className={classes.label}>
          <Text size="sm" span>
            {label}
          </Text>
          <Text size="sm" span c="dimmed" className={classes.figure}>
            {source === 'owner' ? 'by the owner' : percent(probability)}
          </Text>
          <span className={classes.bar} aria-hidden>
            <span style={{ width: `${100 * probability}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}
