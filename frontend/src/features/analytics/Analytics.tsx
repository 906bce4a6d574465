import { useSearchParams } from 'react-router';
import { PageTitle } from '@/shared/PageTitle';
import { AllQueries } from './AllQueries';
import classes from './Analytics.module.css';
import { OneQuery } from './OneQuery';

/** What people said of search results: of all queries, or of the one in the address. */
export function Analytics() {
  const [parameters] = useSearchParams();
  const query = parameters.get('query') ?? '';
  return (
    <div className={classes.analytics}>
      <PageTitle>Votes on search results</PageTitle>
      {query === '' ? <AllQueries /> : <OneQuery query={query} />}
    </div>
  );
}
