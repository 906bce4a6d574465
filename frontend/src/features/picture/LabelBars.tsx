import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { ImageLabel } from '@/api/types';
import { listedLabels } from '@/shared/pictures/labels';
import { addressOf } from '@/shared/pictures/view';
import { percent } from '@/shared/pictures/words';
import { ProbabilityBar } from '@/shared/ProbabilityBar';
import { Fold } from './Fold';
import classes from './LabelBars.module.css';

interface LabelBarsProps {
  labels: readonly ImageLabel[];
  /** What takes a label away, for those who may. */
  removalOf?: ((label: string) => ReactNode) | undefined;
}

/** Below this probability labels are folded away. */
const SURE = 0.05;

/** What the model sees in a picture, likeliest first, each with its probability as a bar and in figures. */
export function LabelBars({ labels, removalOf }: LabelBarsProps) {
  const sure = labels.filter(({ probability }) => probability >= SURE);
  const others = labels.filter(({ probability }) => probability < SURE);
  const listed = listedLabels(labels);
  const items = { listed, removalOf };
  return (
    <div>
      {sure.length > 0 && <LabelList name="Labels by probability" labels={sure} {...items} />}
      {others.length > 0 && (
        <Fold summary={`Less likely labels (${others.length})`}>
          <LabelList name="Less likely labels" labels={others} {...items} />
        </Fold>
      )}
    </div>
  );
}

interface LabelListProps extends LabelBarsProps {
  name: string;
  /** The labels that a picture is found by. */
  listed: ReadonlySet<string>;
}

function LabelList({ name, labels, listed, removalOf }: LabelListProps) {
  return (
    <ul className={classes.labels} aria-label={name}>
      {labels.map(({ label, probability, source }) => (
        <li key={label} className={classes.label}>
          {listed.has(label) ? (
            <Anchor component={Link} to={addressOf({ kind: 'label', label })} size="sm" c="inherit">
              <bdi>{label}</bdi>
            </Anchor>
          ) : (
            <Text size="sm" span>
              <bdi>{label}</bdi>
            </Text>
          )}
          <Text size="sm" span c="dimmed" className={classes.figure}>
            {source === 'owner' ? 'by the owner' : percent(probability)}
            {removalOf?.(label)}
          </Text>
          <ProbabilityBar probability={probability} className={classes.bar} />
        </li>
      ))}
    </ul>
  );
}
