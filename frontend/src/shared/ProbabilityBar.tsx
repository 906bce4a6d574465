import classes from './ProbabilityBar.module.css';

/** A probability from 0 to 1 for the eye; the figure beside it is for everybody. */
export function ProbabilityBar({ probability, className }: { probability: number; className?: string }) {
  return (
    <span className={[classes.bar, className].join(' ')} aria-hidden>
      <span style={{ width: `${100 * probability}%` }} />
    </span>
  );
}
