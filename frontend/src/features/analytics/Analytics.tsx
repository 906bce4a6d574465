import { useSearchParams } from 'react-router';
import { AllQueries } from './AllQueries';
import classes from './Analytics.module.css';
import { OneQuery } from './OneQuery';

/** What people said of search results: of all queries, or of the one in the address. */
export function Analytics() {
  const [parameters] = useSearchParams();
  const query = parameters.get('query') ?? '';
  return (
    <div className={classes.analytics}>
      <h1 className={classes.title}>Votes on search results</h1>
      {query === '' ? <AllQueries /> : <OneQuery query={query} />}
    </div>
  );
}
