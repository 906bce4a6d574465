import { Analytics } from '@/features/analytics/Analytics';
import { usePageTitle } from '@/shared/usePageTitle';
import { ForAdmins } from './ForAdmins';

/** What people said of search results, for admins. */
export function AnalyticsPage() {
  usePageTitle('Votes on search results');
  return (
    <ForAdmins>
      <Analytics />
    </ForAdmins>
  );
}
