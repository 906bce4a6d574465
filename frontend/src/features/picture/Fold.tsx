import type { ReactNode } from 'react';
import classes from './Fold.module.css';

/** What is folded away until somebody asks for it. */
export function Fold({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className={classes.fold}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
