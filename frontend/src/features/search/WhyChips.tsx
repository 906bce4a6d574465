import { VisuallyHidden } from '@mantine/core';
import { Link } from 'react-router';
import type { Image, Reason } from '@/api/types';
import { listedLabels } from '@/shared/pictures/labels';

import { addressOf } from '@/shared/pictures/view';
import { percent } from '@/shared/pictures/words';
import classes from './Search.module.css';

const MOST = 3;
/** What adds less than this part of what the weightiest reason does is not worth a word. */
const WORTH = 0.1;

/** The labels that made a picture an answer, each leading to all pictures that have it. */
export function WhyChips({ image, why }: { image: Image; why: readonly Reason[] }) {
  const listed = listedLabels(image.labels);
  const reasons = worthAWord(why);
  if (reasons.length === 0) return null;
  return (
    <ul className={classes.why} aria-label="Why it was found">
      {reasons.map((reason) => (
        <li key={reason.label}>
          {listed.has(reason.label) ? (
            <Link
              className={classes.chip}
              to={addressOf({ kind: 'label', label: reason.label })}
              title={inFull(reason)}
            >
              <Chip reason={reason} />
            </Link>
          ) : (
            <span className={classes.chip} title={inFull(reason)}>
              <Chip reason={reason} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Chip({ reason }: { reason: Reason }) {
  return (
    <>
      <bdi className={classes.reason}>{reason.label}</bdi>
      <VisuallyHidden>, {percent(reason.probability)} likely</VisuallyHidden>
      <span className={classes.share} style={{ width: `${100 * reason.probability}%` }} aria-hidden />
    </>
  );
}

function worthAWord(why: readonly Reason[]): readonly Reason[] {
  const weight = ({ probability, relevance }: Reason) => probability * relevance;
  const most = Math.max(...why.map(weight));
  return why.filter((reason) => weight(reason) >= WORTH * most).slice(0, MOST);
}

function inFull({ label, probability, relevance }: Reason): string {
  return `${label}: ${percent(probability)} likely in this picture, ${percent(relevance)} to do with the search`;
}
