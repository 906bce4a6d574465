import classes from './PageTitle.module.css';

/** What a page of its own is about, written large. */
export function PageTitle({ children }: { children: React.ReactNode }) {
  return <h1 className={classes.title}>{children}</h1>;
}
