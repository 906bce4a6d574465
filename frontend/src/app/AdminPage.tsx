import { Administration } from '@/features/admin/Administration';
import { usePageTitle } from '@/shared/usePageTitle';
import { ForAdmins } from './ForAdmins';

/** How the gallery is and what can be done about it, for admins. */
export function AdminPage() {
  usePageTitle('Administration');
  return (
    <ForAdmins>
      <Administration />
    </ForAdmins>
  );
}
