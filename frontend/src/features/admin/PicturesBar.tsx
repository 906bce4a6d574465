import type { Stats } from '@/api/types';
import classes from './Administration.module.css';

const STATES = [
  ['captioned', 'with a caption'],
  ['pending', 'waiting'],
  ['failed', 'failed'],
] as const;

/** Pictures by state, in figures and as the parts of a bar. */
export function PicturesBar({ pictures }: { pictures: Stats['pictures'] }) {
  const total = Math.max(
    STATES.reduce((sum, [state]) => sum + pictures[state], 0),
    1,
  );
  return (
    <>
      <div className={classes.states} aria-hidden>
        {STATES.map(([state]) => (
          <span
            key={state}
            className={classes[state]}
            style={{ width: `${(100 * pictures[state]) / total}%` }}
          />
        ))}
      </div>
      <ul className={classes.key}>
        {STATES.map(([state, words]) => (
          <li key={state} className={classes[state]}>
            {pictures[state].toLocaleString('en')} {words}
          </li>
        ))}
      </ul>
    </>
  );
}
